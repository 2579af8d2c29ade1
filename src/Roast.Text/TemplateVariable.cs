using System.Text.Json;
using Roast.Text.Templates;

namespace Roast.Text;

/// <summary>A value that is handed to a chat template: text, a truth value, a number, or JSON. Control tokens in it are text and never act.</summary>
public readonly struct TemplateVariable
{
    readonly Value? _value;

    TemplateVariable(Value value) => _value = value;

    internal Value Value => _value ?? NoneValue.Instance;

    /// <summary>A text; <c>null</c> is the template's <c>none</c>.</summary>
    public static implicit operator TemplateVariable(string? text) => new(text is null ? NoneValue.Instance : StringValue.FromOutside(text));

    /// <summary>A truth value.</summary>
    public static implicit operator TemplateVariable(bool truth) => new(BoolValue.Of(truth));

    /// <summary>A whole number.</summary>
    public static implicit operator TemplateVariable(long number) => new(new IntegerValue(number));

    /// <summary>A number with a fraction.</summary>
    public static implicit operator TemplateVariable(double number) => new(new FloatValue(number));

    /// <summary>Anything that JSON can say, copied.</summary>
    /// <exception cref="ArgumentException">The element is undefined, or a number has more than a thousand digits.</exception>
    public static implicit operator TemplateVariable(JsonElement json) => new(JsonValues.Read(json));
}
