namespace Roast.Sampling;

/// <summary>
/// What the random choices of a row depend on. A rollout is the same whatever runs beside it in the batch, because
/// each draw is a function of these numbers and the step.
/// </summary>
/// <param name="Seed">Philox key; ROAST's default is 42.</param>
/// <param name="Question">The question's number.</param>
/// <param name="Rollout">The rollout's number within the question.</param>
public readonly record struct RowSeed(ulong Seed, uint Question = 0, uint Rollout = 0)
{
    /// <summary>The fourth counter word, which tells the uses of one seed apart.</summary>
    internal const uint TokenStream = 0, NormalStream = 1, ResampleStream = 2, FoldStream = 3;

    /// <summary>The block of random words for one step: counter (step, rollout, question, 0) under the seed.</summary>
    /// <param name="step">Number of the new token, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public PhiloxBlock Block(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Philox4x32.Block((uint)step, Rollout, Question, TokenStream, Seed);
    }

    /// <summary>The uniform deviate in [0, 1) that chooses the token of one step.</summary>
    /// <inheritdoc cref="Block" path="/param|/exception"/>
    public double Uniform(int step) => Block(step).Uniform53;
}
