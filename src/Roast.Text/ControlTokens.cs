namespace Roast.Text;

/// <summary>What becomes of added tokens, such as <c>&lt;|im_end|&gt;</c>, that stand in a text.</summary>
public enum ControlTokens
{
    /// <summary>They become their ids, special or not. For text that a program wrote, such as a rendered template.</summary>
    Parse,
    /// <summary>Those marked special are taken as plain text; other added tokens, such as <c>&lt;tool_call&gt;</c>, become their ids.</summary>
    SplitSpecial,
    /// <summary>None is recognised: every character is text. The one for what a user wrote.</summary>
    Plain,
}
