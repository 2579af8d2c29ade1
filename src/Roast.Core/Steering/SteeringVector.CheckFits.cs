namespace Roast;

public sealed partial class SteeringVector
{
    // What a control vector file calls its model: a word that somebody chose, kept by the import.
    const string HintKey = "imported.model_hint";

    /// <summary>Refuses a model that lacks a point of this vector or has another width there; warns where the vector may be another model's.</summary>
    /// <param name="model">The model that is to be steered.</param>
    /// <returns>Warnings, one sentence each: missing provenance, another family, another number of layers, other weights, another tokenizer. Empty where all agree.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.VectorDoesNotFit"/>; the message names the point.</exception>
    public IReadOnlyList<string> CheckFits(ModelIdentity model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (point, direction) in _values)
        {
            if (point.Layer >= model.Layers)
                throw DoesNotFit($"has the point {point}, but the model ({model.Family}) has {model.Layers} layers: expected layers 0 to {model.Layers - 1}");
            if (direction.Length != model.Width(point.Site))
                throw DoesNotFit($"has width {direction.Length} at {point}; expected {model.Width(point.Site)}, the width of the model ({model.Family}) there");
        }
        if (Provenance.Model is not { } origin)
            return [$"The vector does not say which model it was fitted on{(Provenance.Extra.TryGetValue(HintKey, out string? hint) ? $" (its file hints at '{hint}', this one is {model.Family})" : "")}; its widths fit, its meaning may not."];

        var warnings = new List<string>();
        Compare("family", "another family", origin.Family, model.Family, warnings);
        if (origin.Layers != model.Layers) warnings.Add($"The vector was fitted on a model with {origin.Layers} layers, this one has {model.Layers}: the same layer number is another place. Expect a different effect, or fit it again.");
        Compare("weights", "other weights", origin.WeightsFingerprint, model.WeightsFingerprint, warnings);
        Compare("tokenizer", "another tokenizer", origin.TokenizerHash, model.TokenizerHash, warnings);
        return warnings;
    }

    static void Compare(string what, string another, string? fitted, string? steered, List<string> warnings)
    {
        if (fitted == steered) return;
        warnings.Add(fitted is null ? $"The vector does not say the {what} of the model it was fitted on."
            : steered is null ? $"The {what} of this model is not known, so it cannot be compared with the one that the vector was fitted on ({fitted})."
            : $"The vector was fitted on a model with {another}: {fitted}, this one has {steered}. Expect a different effect, or fit it again.");
    }

    static RoastException DoesNotFit(string what) => new(RoastError.VectorDoesNotFit, $"The steering vector {what}. Fit a vector on this model, or steer the model that the vector belongs to.");
}
