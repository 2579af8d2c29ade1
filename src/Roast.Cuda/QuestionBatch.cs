namespace Roast.Cuda;

/// <summary>Questions' row numbers as the contrast kernel reads them, checked.</summary>
internal sealed record QuestionBatch(int[] CorrectAt, int[] Correct, int[] IncorrectAt, int[] Incorrect, double[] Weights)
{
    public static QuestionBatch Of(ReadOnlySpan<QuestionRows> questions, int rows)
    {
        int correct = 0, incorrect = 0;
        foreach (var question in questions) (correct, incorrect) = (checked(correct + question.Correct.Length), checked(incorrect + question.Incorrect.Length));
        var batch = new QuestionBatch(new int[questions.Length + 1], new int[correct], new int[questions.Length + 1], new int[incorrect], new double[questions.Length]);
        for (int q = 0; q < questions.Length; q++)
        {
            var question = questions[q];
            if (!(question.Weight >= 0 && double.IsFinite(question.Weight))) throw new ArgumentException($"Question {q} weighs {question.Weight}; a weight is finite and not negative.", nameof(questions));
            Put(question.Correct.Span, batch.CorrectAt, batch.Correct, q, rows);
            Put(question.Incorrect.Span, batch.IncorrectAt, batch.Incorrect, q, rows);
            batch.Weights[q] = question.Weight;
        }
        return batch;
    }

    static void Put(ReadOnlySpan<int> numbers, int[] at, int[] all, int q, int rows)
    {
        foreach (int row in numbers)
            if ((uint)row >= (uint)rows) throw new ArgumentException($"Question {q} names row {row}; there are {rows}.", nameof(numbers));
        numbers.CopyTo(all.AsSpan(at[q]));
        at[q + 1] = at[q] + numbers.Length;
    }
}
