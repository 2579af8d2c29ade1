using System.Globalization;
using Roast.Onnx;

namespace Roast.Samples.Chat;

/// <summary>A strength between two ends, on which a handle of the decode loop hangs: moving it acts on the next token.</summary>
sealed class Slider
{
    const int StepsPerSide = 10;

    readonly float _step;
    readonly bool _isRelative;
    int _place;

    /// <summary>Starts without steering; the vector's recommended strength lies half way up.</summary>
    public Slider(SteeringVector vector)
    {
        var recommended = vector.Recommended();
        (_step, _isRelative) = (Math.Abs(recommended.Strength.Value) * 2 / StepsPerSide, recommended.Strength.IsRelative);
        Live = new LiveSteering(recommended with { Strength = Of(0) });
    }

    /// <summary>What the model is steered by.</summary>
    public LiveSteering Live { get; }

    /// <summary>One step to the left (-1) or right (1); stays within the ends.</summary>
    public void Move(int direction)
    {
        _place = Math.Clamp(_place + direction, -StepsPerSide, StepsPerSide);
        Live.Strength = Of(_place * _step);
    }

    /// <summary>Any strength, also beyond the ends; <c>false</c>: no finite number.</summary>
    public bool TrySet(string text)
    {
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float strength) || !float.IsFinite(strength)) return false;
        _place = Math.Clamp((int)MathF.Round(strength / _step), -StepsPerSide, StepsPerSide);
        Live.Strength = Of(strength);
        return true;
    }

    /// <summary>For example <c>|----------+----o-----| 0.5</c>.</summary>
    public override string ToString()
    {
        char[] bar = new string('-', 2 * StepsPerSide + 1).ToCharArray();
        bar[StepsPerSide] = '+';
        bar[StepsPerSide + _place] = 'o';
        return $"|{new string(bar)}| {Text}";
    }

    /// <summary>The strength as a text.</summary>
    public string Text => Live.Strength.ToString();

    Strength Of(float s) => Strength.Of(s, _isRelative);
}
