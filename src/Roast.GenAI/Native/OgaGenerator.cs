using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>Rows that GenAI decodes together. One call at a time; <see cref="Terminate"/> may come from another thread.</summary>
internal sealed unsafe class OgaGenerator : OgaHandle
{
    public OgaGenerator(OgaModel model, OgaParams parameters) =>
        Take(Oga.OgaCreateGenerator(model, parameters, out nint made), made, "making a generator", model);

    /// <summary>Feeds tokens, and runs the model over them.</summary>
    /// <param name="ids">[rows * tokens] row after row; padded on the right where rows differ.</param>
    public void Append(ReadOnlySpan<int> ids)
    {
        fixed (int* tokens = ids) OgaError.ThrowIfFailed(Oga.OgaGenerator_AppendTokens(this, tokens, (nuint)ids.Length), "running the prompt");
    }

    /// <summary>Chooses each row's next token; runs the model over the last ones before, where that has not been done.</summary>
    public void Next() => OgaError.ThrowIfFailed(Oga.OgaGenerator_GenerateNextToken(this), "generating a token");

    /// <summary>[rows] the tokens that <see cref="Next"/> chose.</summary>
    public void ReadTokens(Span<int> destination)
    {
        OgaError.ThrowIfFailed(Oga.OgaGenerator_GetNextTokens(this, out int* tokens, out nuint count), "reading tokens");
        if (count != (nuint)destination.Length) throw new RoastException(RoastError.Runtime, $"GenAI returned {count} tokens for {destination.Length} rows; expected one a row.");
        new ReadOnlySpan<int>(tokens, destination.Length).CopyTo(destination);
    }

    /// <summary>Whether every row has ended.</summary>
    public bool IsDone => Oga.OgaGenerator_IsDone(this);

    /// <summary>[rows * vocabulary] the logits that the next tokens are chosen from; runs the model where that has not been done.</summary>
    public void ReadLogits(Span<float> destination)
    {
        using var tensor = OgaTensor.Of(Oga.OgaGenerator_GetLogits(this, out nint made), made, "reading logits");
        tensor.CopyTo(destination);
    }

    /// <summary>Sets an input of the model that GenAI does not know; before the first tokens. The tensor is read again at every step.</summary>
    public void SetInput(string name, OgaTensor tensor)
    {
        OgaError.ThrowIfFailed(Oga.OgaGenerator_SetModelInput(this, name, tensor), $"setting the input {name}");
        Hold(tensor);                                       // GenAI counts its own references, but not those on our memory
    }

    /// <summary>Activates an adapter from the next run on, behind those that are active. There is no way to take one back.</summary>
    public void Activate(OgaAdapters adapters, string name)
    {
        OgaError.ThrowIfFailed(Oga.OgaSetActiveAdapter(this, adapters, name), $"activating the adapter {name}");
        Hold(adapters);
    }

    /// <summary>Ends a running call, and refuses further ones.</summary>
    public void Terminate()
    {
        nint result = Oga.OgaGenerator_SetRuntimeOption(this, "terminate_session", "1");
        if (result != 0) Oga.OgaDestroyResult(result);      // on a cancelling thread: the run says itself that it goes on
    }

    protected override void Free(nint value) => Oga.OgaDestroyGenerator(value);
}
