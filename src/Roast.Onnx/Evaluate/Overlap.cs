using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>How many questions are shared where none may be. Questions are compared by hash, so ids and files do not matter.</summary>
/// <param name="TrainDev">Questions of dev that the vector was fitted on.</param>
/// <param name="TrainTest">Questions of test that the vector was fitted on.</param>
/// <param name="DevTest">Questions of test that the strength was chosen on.</param>
public sealed record Overlap(int TrainDev, int TrainTest, int DevTest)
{
    /// <summary>Whether any question is shared.</summary>
    public bool Any => TrainDev + TrainTest + DevTest > 0;

    /// <summary>Counts shared questions.</summary>
    /// <param name="trainHashes">Hashes of the questions that the vector has seen: <see cref="VectorProvenance.QuestionHashes"/>.</param>
    /// <param name="dev">Questions for choosing; <c>null</c> where nothing is chosen.</param>
    /// <param name="test">Questions for the report; <c>null</c> where nothing is reported yet.</param>
    public static Overlap Of(IEnumerable<string> trainHashes, RoastTask? dev, RoastTask? test)
    {
        var train = trainHashes.ToHashSet();
        var chosen = (dev?.Questions ?? []).Select(question => question.Hash).ToHashSet();
        var reported = test?.Questions ?? [];
        return new Overlap(chosen.Count(train.Contains),
            reported.Count(question => train.Contains(question.Hash)),
            reported.Count(question => chosen.Contains(question.Hash)));
    }

    /// <summary>Refuses shared questions.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Overlap"/>; the message says how many are shared by which.</exception>
    public void ThrowIfAny()
    {
        if (!Any) return;
        throw new RoastException(RoastError.Overlap, $"The splits share questions: {this}. " +
            "An accuracy on questions that were trained on or chosen on says little: evaluate on others, or allow the overlap, and then the result says so.");
    }

    /// <summary>The counts that are not 0, in words; <c>none</c> where all are.</summary>
    public override string ToString()
    {
        (int Count, string Who)[] pairs = [(TrainDev, "train and dev"), (TrainTest, "train and test"), (DevTest, "dev and test")];
        return Any ? string.Join(", ", pairs.Where(pair => pair.Count > 0).Select(pair => $"{pair.Count} of {pair.Who}")) : "none";
    }
}
