using Roast.Contrast;
using Roast.Cuda;

namespace Roast.Tests.Kernels.Cases;

/// <summary>The one list of cases: twin, simulator and card run it.</summary>
static class CaseList
{
    /// <summary>Seams of 4 and 8 values, 32 lanes and 256 threads; every rest of a division by 8; real widths.</summary>
    static readonly int[] Widths = [1, 3, 31, 32, 33, 34, 36, 37, 38, 127, 1024, 4097, 5120];
    static readonly ElementType[] Types = [ElementType.Float32, ElementType.Float16, ElementType.BFloat16];

    /// <summary>Questions around the seams of 8 groups and 32 lanes.</summary>
    static readonly int[] QuestionCounts = [1, 2, 7, 8, 9, 31, 32, 33];

    public static IReadOnlyList<KernelCase> All { get; } = [.. Pools(), .. Ports(), .. Contrasts(), .. Steps(), .. Sums()];

    public static IEnumerable<KernelCase> Of(string kernel) => All.Where(x => kernel switch
    {
        "pool_last" => x is PoolLastCase, "pool_mean" => x is PoolMeanCase, "norms" => x is NormsCase, "scale" => x is ScaleCase, "inject" => x is InjectCase, "pool_add" => x is PoolAddCase, "best" => x is BestCase, "copy" => x is CopyCase, "contrast" => x is ContrastCase, "sums" => x is SumsCase, "contrast_sums" => x is ContrastSumsCase,
        _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "Not a kernel."),
    });

    public static string[] Kernels { get; } = ["pool_last", "pool_mean", "norms", "scale", "inject", "contrast", "pool_add", "best", "copy", "sums", "contrast_sums"];

    /// <summary>Aligned rows, rows inside wider ones that stay aligned, odd strides, and misaligned starts.</summary>
    static IEnumerable<(int Stride, int Shift)> Lies(int width) => [(width, 0), ((width + 7) / 8 * 8 + 8, 0), (width + 5, 0), (width, 1)];

    static IEnumerable<KernelCase> Pools()
    {
        foreach (int width in Widths)
            foreach (var type in Types)
                foreach (var (stride, shift) in Lies(width))
                {
                    yield return new PoolLastCase(type, width, stride, shift);
                    yield return new NormsCase(type, width, stride, shift);
                    if (width <= 1024 || stride == width) yield return new PoolMeanCase(type, width, stride, shift, Masked: (width + stride) % 2 == 0);
                }
    }

    static IEnumerable<KernelCase> Steps()
    {
        foreach (int width in Widths)
            foreach (var type in Types)
                foreach (var (stride, shift) in Lies(width))
                {
                    yield return new PoolAddCase(type, width, stride, shift);
                    yield return new BestCase(type, width, stride, shift);
                }
        foreach (int width in Widths)
            foreach (int grain in (int[])[2, 4, 16]) foreach (int shift in (int[])[0, 1]) yield return new CopyCase(width, grain, shift);
    }

    static IEnumerable<KernelCase> Ports()
    {
        foreach (int width in Widths)
            foreach (var type in Types)
            {
                yield return new ScaleCase(type, width, 0);
                yield return new ScaleCase(type, width, 1);
                foreach (var (stride, shift) in Lies(width))
                    foreach (bool multiply in (bool[])[false, true]) yield return new InjectCase(type, width, stride, shift, multiply, Scoped: (width + stride + shift) % 2 == 0);
            }
    }

    static IEnumerable<KernelCase> Sums()
    {
        foreach (int width in Widths)
            foreach (bool fromSteps in (bool[])[false, true])
                foreach (int shift in (int[])[0, 1])
                    foreach (bool blemished in (bool[])[false, true]) yield return new SumsCase(width, fromSteps, shift, blemished);
    }

    static IEnumerable<KernelCase> Contrasts()
    {
        foreach (int width in Widths)
            foreach (var scaling in Enum.GetValues<SoftScaling>())
                for (int i = 0; i < QuestionCounts.Length; i++)
                {
                    if (width > 1024 && i != ((int)scaling + width) % 3 + 2) continue;              // one count each where rows are wide
                    if (width is > 127 and <= 1024 && i % 3 != (int)scaling % 3) continue;
                    var (stride, shift) = Lies(width).ElementAt((i + (int)scaling) % 4);
                    yield return new ContrastCase(scaling, QuestionCounts[i], width, stride, shift);
                    yield return new ContrastSumsCase(scaling, QuestionCounts[i], width, stride, shift);
                }
    }
}
