using System.CommandLine;
using System.Diagnostics;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Roast.Sampling;

namespace Roast.Cli.Commands;

/// <summary><c>roast run</c>.</summary>
internal static class RunCommand
{
    public static Command Create(View view)
    {
        var command = new Command("run", "Generates an answer, steered or not, and shows it as it is written.");
        var prompt = new PromptOptions(command, isFull: true);
        var template = new TemplateOptions(command);
        var models = new ModelOptions(command);
        var engine = new EngineOptions(command, models);
        var steering = new SteeringOptions(command, vectorIsRequired: false);
        var maxTokens = Numbers.Int("--max-tokens", "New tokens at most, end token included; default: up to the model's context.");
        var ignoreEnd = new Option<bool>("--ignore-eos") { Description = "Go on after an end token." };
        command.Options.Add(maxTokens);
        command.Options.Add(ignoreEnd);
        var sampling = new SamplingOptions(command, SamplerOptions.Greedy, isFull: true);
        command.SetAction(async (args, cancel) =>
        {
            prompt.RequireOne(args);
            if (template.IsGiven(args)) prompt.RequireTemplate(args);
            var variables = template.Read(args);
            var clock = Stopwatch.StartNew();
            using var model = engine.Open(args, view);
            int[] ids = prompt.Ids(args, model, variables);
            var options = new GenerationOptions
            {
                Steering = steering.Read(args, model, view),
                MaxTokens = args.GetValue(maxTokens),
                IgnoreEnd = args.GetValue(ignoreEnd),
                Sampler = sampling.Read(args),
                Seed = sampling.Seed(args),
            };
            if (!view.IsJson && model.Tokenizer is not null)
            {
                await foreach (string piece in model.GenerateAsync(ids, options, cancel).ConfigureAwait(false)) view.Stream(piece);
                view.Stream(Environment.NewLine);
                return ExitCode.Done;
            }
            var answer = await model.CompleteAsync(ids, options, cancel).ConfigureAwait(false);
            var steered = options.Steering is { } s ? new SteeringResult(steering.VectorPath(args)!, s.Strength.Value, s.Strength.IsRelative, s.Scope.Name()) : null;
            view.Show(new RunResult(answer.PromptIds, answer.Ids, answer.Text, StopName(answer.Stop), steered, model.Engine, options.Seed, clock.Elapsed.TotalSeconds), JsonFace.Readable.RunResult,
                (result, console) => StudyTables.Line(console, string.Join(',', result.Ids)));
            return ExitCode.Done;
        });
        return command;
    }

    static string StopName(StopReason stop) => stop switch
    {
        StopReason.EndToken => "end_token",
        StopReason.MaxTokens => "max_tokens",
        _ => "caller",
    };
}
