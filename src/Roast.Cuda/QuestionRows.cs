namespace Roast.Cuda;

/// <summary>Which rows answer one question right and wrong.</summary>
/// <param name="Correct">Numbers of rows of activations of correct answers.</param>
/// <param name="Incorrect">Numbers of rows of incorrect ones.</param>
/// <param name="Weight">Its vote: 1, or the re-read weight where a reference answer stands in.</param>
public readonly record struct QuestionRows(ReadOnlyMemory<int> Correct, ReadOnlyMemory<int> Incorrect, double Weight = 1);
