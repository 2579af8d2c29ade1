using System.Text;
using Roast.Text;

namespace Roast.Onnx.Live;

/// <summary>An answer's text as its tokens arrive: whole characters, nothing of a stop string.</summary>
internal sealed class AnswerText(TextTokenizer tokenizer, IReadOnlyList<string> stops)
{
    readonly TextStream _stream = tokenizer.CreateStream();
    readonly StopStrings? _stops = stops.Count == 0 ? null : new StopStrings(stops);
    readonly StringBuilder _whole = new();

    /// <summary>Whether the text has reached a stop string.</summary>
    public bool IsStopped => _stops?.Hit ?? false;

    /// <summary>Takes a token; returns what can be shown now.</summary>
    public string Append(int token) => Keep(Pass(_stream.Append(token)));

    /// <summary>What is left when the answer ends.</summary>
    public string Flush() => Keep(Pass(_stream.Flush()) + _stops?.Flush());

    /// <summary>Everything that was shown.</summary>
    public override string ToString() => _whole.ToString();

    string Pass(string piece) => _stops is null ? piece : _stops.Append(piece);

    string Keep(string piece)
    {
        _whole.Append(piece);
        return piece;
    }
}
