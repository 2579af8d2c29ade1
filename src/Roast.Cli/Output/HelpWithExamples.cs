using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Roast.Cli.Output;

/// <summary>The usual help, and a few command lines that work below it.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    static readonly Dictionary<string, string[]> Examples = new()
    {
        ["roast"] = ["roast demo", "roast run \"457+385=\" --vector careful.safetensors", "roast inspect careful.safetensors"],
        ["demo"] = ["roast demo", "roast demo --json > demo.json", "roast demo --seed 22 -o again.safetensors --force"],
        ["fit"] = ["roast fit -t exact --data train.jsonl --max-answer-tokens 8", "roast fit --data train.jsonl --points \"attn_out.3\" --scaling l2_norm -o careful.safetensors", "roast fit --data train.jsonl --from-rollouts rollouts.jsonl --pool mean --force"],
        ["search"] = ["roast search --data train.jsonl --dev dev.jsonl --max-answer-tokens 8", "roast search --data train.jsonl --dev dev.jsonl --points-grid \"attn_out.*;mlp_act.first5,attn_out.first5\" --pools last,mean_content --strengths 0.5,1,2 -o best.safetensors"],
        ["eval"] = ["roast eval -v careful.safetensors --data test.jsonl --strength 0.5", "roast eval -v careful.safetensors --dev dev.jsonl --data test.jsonl --strengths 0.05..2", "roast eval -v careful.safetensors --data dev.jsonl --strengths 0.1,0.2,0.5 --json"],
        ["demo"] = ["roast demo", "roast demo --report demo.html", "roast demo --seed 22 -o again.safetensors --force"],
        ["fit"] = ["roast fit -t exact --data train.jsonl --max-answer-tokens 8", "roast fit --data train.jsonl --points \"attn_out.3\" --scaling l2_norm -o careful.safetensors", "roast fit --data train.jsonl --analysis fit.json --force"],
        ["eval"] = ["roast eval -v careful.safetensors --data test.jsonl --strength 0.5", "roast eval -v careful.safetensors --dev dev.jsonl --data test.jsonl --strengths 0.05..2", "roast eval -v careful.safetensors --dev dev.jsonl --data test.jsonl --points-grid each --token-effect 100 --json > eval.json"],
        ["report"] = ["roast report fit.json", "roast report fit.json eval.json careful.safetensors -o report.html", "roast report demo.json -o demo.html --force"],
        ["run"] = ["roast run \"457+385=\"", "roast run \"457+385=\" --vector careful.safetensors --strength 0.5", "roast run \"457+385=\" -m exported --engine genai --genai-library libonnxruntime-genai.so"],
        ["activations"] = ["roast activations --prompt \"457+385=\" --points \"resid_post.*\" -o acts.safetensors", "roast activations --ids 5,6,7 --points attn_out.0..3 --positions all --logits -o acts.safetensors", "roast activations --file prompts.jsonl --points resid_post.last -o acts.safetensors"],
        ["bench"] = ["roast bench", "roast bench -m MODEL --rows 1,8,32 --new-tokens 128", "roast bench --points resid_post.* --json"],
        ["devices"] = ["roast devices", "roast devices --json"],
        ["inspect"] = ["roast inspect two-annotators", "roast inspect careful.safetensors --json", "roast inspect model.onnx"],
        ["instrument"] = ["roast instrument model.onnx --taps \"resid_post.*\" -o tapped", "roast instrument model.onnx --ports attn_out.0..3 --rows -o steerable", "roast instrument two-annotators --taps resid_post.last --ports mlp_act.* -o both --force"],
        ["bake"] = ["roast bake two-annotators careful.safetensors --strength 0.5 -o careful", "roast bake model.onnx careful.safetensors --strength 0.1 --relative -o careful --force"],
        ["tasks"] = ["roast tasks", "roast tasks --json", "roast tasks show gsm8k"],
        ["show"] = ["roast tasks show gsm8k", "roast tasks show boolq --data validation.csv", "roast tasks show my-task.json --data questions.jsonl --json"],
        ["verify"] = ["roast verify --task gsm8k --data test.jsonl --answers answers.jsonl", "roast verify -t ifeval --data input_data.jsonl --answers answers.jsonl --explain", "roast verify -t spider --data dev.json --answers answers.jsonl --databases database --json"],
        ["tokenize"] = ["roast tokenize \"457+385=\"", "roast tokenize \"hello <|im_end|>\" --plain --json", "roast tokenize -m Qwen3-0.6B --file chats.jsonl --template-var enable_thinking=false"],
        ["convert"] = ["roast convert happy.gguf happy.safetensors --model two-annotators", "roast convert careful.safetensors careful.onnx_adapter --model exported --strength 1.5 --force", "roast convert cvector.gguf v.safetensors --layer-offset -1"],
        ["export"] = ["roast export two-annotators -o exported", "roast export Qwen2.5-0.5B-Instruct", "roast export SmolLM2-135M-Instruct -o smollm2-int4 --precision int4 --asymmetric"],
        ["vector"] = ["roast vector cosine a.safetensors b.safetensors", "roast vector add a.safetensors b.safetensors -o sum.safetensors", "roast vector scale a.safetensors --by 0.5 -o half.safetensors"],
    };

    /// <summary>Replaces the help of a command tree.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    // A missing option must not keep anyone from reading which options there are.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        var (command, output) = (parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        output.WriteLine("Examples:");
        foreach (string example in Examples[command is RootCommand ? "roast" : command.Name]) output.WriteLine($"  {example}");
        return code;
    }
}
