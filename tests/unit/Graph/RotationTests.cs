using Roast.Graph;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class RotationTests
{
    [Fact]
    public void Plain_frequencies_fall_from_one_by_the_base()
    {
        Assert.Equal([1, 0.1], new Rotation { Theta = 100 }.Frequencies(4).Select(x => Math.Round(x, 12)));
        Assert.Equal([1.0], new Rotation { Theta = 100, Part = 0.5 }.Frequencies(4));
        Assert.Equal([0.25, 0.025], new Rotation { Theta = 100, Scaling = RotationScaling.Linear, Factor = 4 }.Frequencies(4).Select(x => Math.Round(x, 12)));
    }

    // The definition by wavelengths (arXiv 2407.21783 and the reference code's rule), where ours counts turns.
    [Theory, InlineData(500000, 32, 8, 1, 4, 32), InlineData(500000, 128, 32, 1, 4, 8192), InlineData(10000, 64, 2, 0.5, 8, 100)]
    public void Llama3_keeps_short_waves_slows_long_ones_and_mixes_those_between(double theta, int headSize, double factor, double low, double high, int context)
    {
        double[] actual = new Rotation { Theta = theta, Scaling = RotationScaling.Llama3, Factor = factor, LowFrequencyFactor = low, HighFrequencyFactor = high, OriginalMaxPositions = context }.Frequencies(headSize);
        double[] plain = new Rotation { Theta = theta }.Frequencies(headSize);
        (int kept, int slowed, int mixed) = (0, 0, 0);
        for (int i = 0; i < plain.Length; i++)
        {
            double wave = 2 * Math.PI / plain[i], expected;
            if (wave < context / high) (expected, kept) = (plain[i], kept + 1);
            else if (wave > context / low) (expected, slowed) = (plain[i] / factor, slowed + 1);
            else
            {
                double smooth = (context / wave - low) / (high - low);
                (expected, mixed) = ((1 - smooth) * plain[i] / factor + smooth * plain[i], mixed + 1);
            }
            Assert.Equal(expected, actual[i], 1e-15);
        }
        Assert.True(kept > 0 && slowed > 0 && mixed > 0, $"{kept} kept, {slowed} slowed, {mixed} mixed");
    }
}
