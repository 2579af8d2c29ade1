using System.Globalization;

namespace Roast.Graph;

/// <summary>The names of a decoder graph's inputs and outputs. All but the <c>roast.</c> ones are those of the ONNX Runtime GenAI builder.</summary>
public static class GraphNames
{
    /// <summary>Input, int64 [batch, sequence]: token ids.</summary>
    public const string InputIds = "input_ids";
    /// <summary>Input of saved graphs, int64 [batch, past + sequence]: 1 for a real token. Graphs made for a plan have the two lengths instead.</summary>
    public const string AttentionMask = "attention_mask";
    /// <summary>Input of some graphs of other tools, int64 [batch, sequence]: the place of each token. Graphs made for a plan compute it.</summary>
    public const string PositionIds = "position_ids";
    /// <summary>Input, int32 [batch]: per row, the number of real tokens after this run, minus one.</summary>
    public const string SeqLensK = "roast.seqlens_k";
    /// <summary>Input, int32 [1]: the largest number of tokens of any row after this run. Lies in CPU memory on every device.</summary>
    public const string TotalSequenceLength = "roast.total_sequence_length";
    /// <summary>
    /// Input of graphs made for a plan that asks for the last logits, int64 [positions], with the default [-1], the last one: the positions of which
    /// logits are given. With none the head is not run: a prefill needs keys and values only. Absent where something other than
    /// products, sums and functions of single values lies between head and logits.
    /// </summary>
    public const string LogitIndices = "roast.logit_indices";
    /// <summary>Output, float32 or float16 [batch, sequence or 1, vocabulary].</summary>
    public const string Logits = "logits";
    /// <summary>What every tap's name begins with.</summary>
    public const string TapPrefix = "roast.tap.";
    /// <summary>What every port's name begins with.</summary>
    public const string PortPrefix = "roast.port.";

    /// <summary>Input, float32 or float16 [batch, kv heads, past, head size]: the keys so far of a layer.</summary>
    public static string PastKey(int layer) => Layer("past_key_values.", layer, ".key");
    /// <summary>Input, float32 or float16 [batch, kv heads, past, head size]: the values so far of a layer.</summary>
    public static string PastValue(int layer) => Layer("past_key_values.", layer, ".value");
    /// <summary>Output, float32 or float16 [batch, kv heads, total, head size]: the keys of a layer after the run.</summary>
    public static string PresentKey(int layer) => Layer("present.", layer, ".key");
    /// <summary>Output, float32 or float16 [batch, kv heads, total, head size]: the values of a layer after the run.</summary>
    public static string PresentValue(int layer) => Layer("present.", layer, ".value");
    /// <summary>Output, float32 or float16 [batch, sequence, width]: a point's activation, after its own port has been added.</summary>
    public static string Tap(Point point) => TapPrefix + point;
    /// <summary>Input with a default of zeros, of the activation's type, [width] (shared) or [rows or 1, 1, width] (per row): what is added to a point's activation.</summary>
    public static string Port(Point point) => PortPrefix + point;

    static string Layer(string before, int layer, string after) => before + layer.ToString(CultureInfo.InvariantCulture) + after;
}
