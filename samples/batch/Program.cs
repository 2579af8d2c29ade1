using System.CommandLine;
using Roast;
using Roast.Samples.Batch;

// Answers a file of questions at several strengths and writes one line for each answer.
string carried = Path.Combine(AppContext.BaseDirectory, "two-annotators");
var model = new Option<string>("--model") { Description = "Model folder or .gguf file.", DefaultValueFactory = _ => carried };
var vector = new Option<string>("--vector") { Description = "Steering vector.", DefaultValueFactory = _ => Path.Combine(carried, "careful.safetensors") };
var task = new Option<string>("--task") { Description = "How answers are checked: exact, gsm8k, math, ...", DefaultValueFactory = _ => "exact" };
var data = new Option<string>("--data") { Description = "Questions of that task.", DefaultValueFactory = _ => Path.Combine(carried, "test.jsonl") };
var output = new Option<string>("--out") { Description = "Answers to write, one JSON object a line.", Required = true };
var strengths = new Option<float[]>("--strengths") { Description = "Strengths to answer at; 0 is without steering.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0, 0.25f, 0.5f, 1] };
var most = new Option<int>("--questions") { Description = "Questions at most.", DefaultValueFactory = _ => 100 };
var maxTokens = new Option<int>("--max-tokens") { Description = "New tokens at most.", DefaultValueFactory = _ => 64 };

var root = new RootCommand("Answers a file of questions at several strengths.") { model, vector, task, data, output, strengths, most, maxTokens };
root.SetAction((args, cancel) => Task.Run(() =>
{
    var job = new Job(args.GetRequiredValue(model), args.GetRequiredValue(vector), args.GetRequiredValue(task), args.GetRequiredValue(data),
        args.GetRequiredValue(strengths), args.GetRequiredValue(most), args.GetRequiredValue(maxTokens));
    job.Run(args.GetRequiredValue(output), Console.Out, cancel);
    return 0;
}, cancel));
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is RoastException or ArgumentException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return e is RoastException roast ? (int)roast.Kind : e is ArgumentException ? 2 : 130;
}
