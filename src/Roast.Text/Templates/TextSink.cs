using System.Text;

namespace Roast.Text.Templates;

/// <summary>Text that grows, within bounds; it knows whether some of it came from outside.</summary>
internal sealed class TextSink
{
    readonly StringBuilder _text = new();

    /// <summary>Whether something was written that a message, a tool or a variable brought along.</summary>
    internal bool HasForeign { get; set; }

    internal TextSink Append(string text)
    {
        if ((long)_text.Length + text.Length > StringValue.MaxLength) throw new Fault($"a text grows beyond {StringValue.MaxLength:N0} characters");
        _text.Append(text);
        return this;
    }

    internal TextSink Append(char c)
    {
        if (_text.Length >= StringValue.MaxLength) throw new Fault($"a text grows beyond {StringValue.MaxLength:N0} characters");
        _text.Append(c);
        return this;
    }

    /// <summary>The text; foreign as a whole where a part is.</summary>
    internal StringValue ToValue() => HasForeign ? StringValue.FromOutside(_text.ToString()) : new StringValue(_text.ToString());
}
