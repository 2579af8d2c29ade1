using Roast.Kernels;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Core.Kernels;

public class SumsTests
{
    /// <summary>Seams of 2, 4, 8 and 16 lanes; a prime; real widths.</summary>
    public static TheoryData<int> Widths => new(0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 61, 384, 1536);

    [Theory, MemberData(nameof(Widths))]
    public void Adding_a_row_gives_the_twins_bits_and_writes_nothing_beside_it(int width)
    {
        float[] row = Floats(width, seed: 1);
        double[] expected = Doubles(width, seed: 2), fenced = Fenced(expected);
        Sums.AddTwin(expected, row);
        Sums.Add(fenced.AsSpan(1, width), row);
        AssertSameBits(expected, fenced);
    }

    [Theory, MemberData(nameof(Widths))]
    public void A_mean_difference_gives_the_twins_bits_and_writes_nothing_beside_it(int width)
    {
        double[] a = Doubles(width, seed: 3), b = Doubles(width, seed: 4), expected = new double[width], fenced = Fenced(expected);
        Sums.MeanDifferenceTwin(expected, a, 3, b, 7);
        Sums.MeanDifference(fenced.AsSpan(1, width), a, 3, b, 7);
        AssertSameBits(expected, fenced);
    }

    [Theory, MemberData(nameof(Widths))]
    public void The_sum_of_squares_is_the_twins_in_another_order(int width)
    {
        float[] row = Floats(width, seed: 5);
        double expected = Sums.SquareOfTwin(row);
        Assert.Equal(expected, Sums.SquareOf(row), expected * Tolerance.Float64Sums);
    }

    [Fact]
    public void Squares_of_the_largest_floats_do_not_overflow()
    {
        float[] row = [.. Enumerable.Repeat(float.MaxValue, 33)];
        double expected = 33.0 * float.MaxValue * float.MaxValue;
        Assert.Equal(1, Sums.SquareOf(row) / expected, Tolerance.Float64Sums);
    }

    [Fact]
    public void Denormal_floats_are_added_in_full()
    {
        float[] row = [.. Enumerable.Repeat(float.Epsilon, 33)];
        var sum = new double[33];
        Sums.Add(sum, row);
        Sums.Add(sum, row);
        Assert.All(sum, x => Assert.Equal(2.0 * float.Epsilon, x));
    }

    [Fact]
    public void Different_widths_are_refused_with_both_numbers()
    {
        var error = Assert.Throws<ArgumentException>(() => Sums.Add(new double[3], new float[4]));
        Assert.Contains("4", error.Message);
        Assert.Contains("3", error.Message);
        Assert.Throws<ArgumentException>(() => Sums.MeanDifference(new double[3], new double[3], 1, new double[2], 1));
        Assert.Throws<ArgumentException>(() => Sums.MeanDifference(new double[3], new double[4], 1, new double[3], 1));
    }

    static double[] Doubles(int width, ulong seed)
    {
        var values = new double[width];
        Roast.Sampling.NormalDeviates.Fill(values, seed, stream: 0, index: 0);
        return values;
    }

    static float[] Floats(int width, ulong seed) => Array.ConvertAll(Doubles(width, seed), x => (float)x);

    static double[] Fenced(double[] values) => [double.NaN, .. values, double.NaN];

    static void AssertSameBits(double[] expected, double[] fenced)
    {
        Assert.True(double.IsNaN(fenced[0]) && double.IsNaN(fenced[^1]), "a guard was overwritten");
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), fenced[1..^1].Select(BitConverter.DoubleToInt64Bits));
    }
}
