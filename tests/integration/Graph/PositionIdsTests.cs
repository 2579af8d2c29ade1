using Roast.Graph.Protobuf;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>Builder graphs that rotate outside of attention take position_ids: the decode loop has none to give, so a plan computes them.</summary>
public class PositionIdsTests
{
    [Fact]
    public void Rows_of_different_lengths_rotate_by_their_own_positions()
    {
        using var tiny = new TinyModel("qwen3-tied");
        using var folder = new LinkedModel(SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-fp32"));
        folder.Change(model =>
        {
            model.Graph.Input.Insert(2, Tensors.Value("position_ids", Tensors.Int64, "batch_size", "sequence_length"));
            foreach (var attention in model.Graph.Node.Where(node => node.OpType == "GroupQueryAttention").ToArray())
            {
                attention.Find("do_rotary")!.I = 0;
                for (int i = 0; i < 2; i++)
                {
                    var rotate = Nodes.New("RotaryEmbedding", $"{attention.Name}/rotate{i}", [attention.Input[i], "position_ids", "cos_cache", "sin_cache"], [$"{attention.Name}/rotated{i}"]);
                    rotate.Domain = Nodes.Microsoft;
                    attention.Input[i] = rotate.Output[0];
                    model.Graph.Node.Insert(model.Graph.Node.IndexOf(attention), rotate);
                }
                (attention.Input[7], attention.Input[8]) = ("", "");
            }
        });
        using var opened = SteerableModel.Open(folder.Path);
        var results = new RowResult[3];
        opened.Rows.Run([.. TinyModel.Prompts.Select(prompt => new RowRequest { Prompt = tiny.Prompt(prompt), MaxTokens = 32 })], [], (i, x) => results[i] = x, TestContext.Current.CancellationToken);
        for (int row = 0; row < 3; row++) Assert.Equal(tiny.Golden.Int32s($"greedy.{TinyModel.Prompts[row]}.ids"), results[row].Tokens);
    }
}
