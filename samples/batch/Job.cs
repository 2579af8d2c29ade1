using System.Globalization;
using Roast.Files;
using Roast.Onnx;
using Roast.Tasks;

namespace Roast.Samples.Batch;

/// <summary>A file of questions, answered at several strengths.</summary>
sealed record Job(string Model, string Vector, string Task, string Data, float[] Strengths, int MostQuestions, int MaxTokens)
{
    /// <summary>Writes an answer per question and strength, and shows how many were right at each.</summary>
    /// <param name="path">The file to write: whole, or not at all.</param>
    /// <param name="show">Receives a line per strength.</param>
    /// <param name="cancel">Ends the job.</param>
    public void Run(string path, TextWriter show, CancellationToken cancel)
    {
        if (Strengths.Length == 0) throw new ArgumentException("--strengths names no strength; give at least one, 0 for the model as it is.");
        using var model = SteerableModel.Open(Model);
        var vector = SteeringVector.Load(Vector);
        foreach (string doubt in model.Check(vector)) show.WriteLine($"note: {doubt}");
        var task = RoastTask.Load(Task, Data).Take(MostQuestions);

        // All strengths of a question stand beside each other: rows with equal prompts share one prefill. A row that is done makes room for the next.
        var rows = new List<GenerationRow>();
        foreach (var question in task.Questions)
        {
            int[] prompt = model.EncodePrompt(question.Prompt);
            foreach (float strength in Strengths)
                rows.Add(new GenerationRow(prompt, new GenerationOptions { MaxTokens = MaxTokens, Steering = strength == 0 ? null : vector.At(strength) }));
        }
        var generations = model.CompleteAll(rows, cancellationToken: cancel);

        var right = new int[Strengths.Length];
        AtomicFile.Write(path, overwrite: true, stream =>
        {
            using var lines = new StreamWriter(stream, leaveOpen: true);
            for (int i = 0; i < generations.Count; i++)
            {
                var (question, strength) = (task.Questions[i / Strengths.Length], i % Strengths.Length);
                string text = generations[i].Text ?? "";
                bool isCorrect = task.Verifier.IsCorrect(question, text);
                if (isCorrect) right[strength]++;
                lines.WriteLine(AnswerLine.Write(new AnswerLine(question.Id, question.Prompt, Strengths[strength], text, isCorrect)));
            }
        });
        for (int i = 0; i < Strengths.Length; i++)
            show.WriteLine(string.Create(CultureInfo.InvariantCulture, $"strength {Strengths[i]}: {right[i]} of {task.Questions.Count} right"));
        show.WriteLine($"{generations.Count} answers: {Path.GetFullPath(path)}");
    }
}
