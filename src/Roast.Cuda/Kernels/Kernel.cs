namespace Roast.Cuda.Kernels;

/// <summary>The entry points of kernels/*.cu. Those that come in three element types follow <see cref="ElementType"/>'s order.</summary>
internal enum Kernel
{
    PoolLastF32, PoolLastF16, PoolLastBf16,
    PoolMeanF32, PoolMeanF16, PoolMeanBf16,
    NormsF32, NormsF16, NormsBf16,
    ScaleF32, ScaleF16, ScaleBf16,
    InjectF32, InjectF16, InjectBf16,
    Contrast, ContrastMean,
    PoolAddF32, PoolAddF16, PoolAddBf16,
    BestF32, BestF16, BestBf16,
    Copy,
    SumsRow, SumsMean, ContrastSums,
}

/// <summary>Where each <see cref="Kernel"/> is.</summary>
internal static class KernelTable
{
    /// <summary>The files of kernels/ptx, without ending.</summary>
    public static readonly string[] Modules = ["pool", "norms", "scale", "inject", "contrast", "best", "copy", "sums"];

    static readonly (int Module, string Name)[] Entries =
    [
        (0, "pool_last_f32"), (0, "pool_last_f16"), (0, "pool_last_bf16"),
        (0, "pool_mean_f32"), (0, "pool_mean_f16"), (0, "pool_mean_bf16"),
        (1, "norms_f32"), (1, "norms_f16"), (1, "norms_bf16"),
        (2, "scale_f32"), (2, "scale_f16"), (2, "scale_bf16"),
        (3, "inject_f32"), (3, "inject_f16"), (3, "inject_bf16"),
        (4, "contrast"), (4, "contrast_mean"),
        (0, "pool_add_f32"), (0, "pool_add_f16"), (0, "pool_add_bf16"),
        (5, "best_f32"), (5, "best_f16"), (5, "best_bf16"),
        (6, "copy"),
        (7, "sums_row"), (7, "sums_mean"), (4, "contrast_sums"),
    ];

    public static int Count => Entries.Length;
    public static int Module(this Kernel kernel) => Entries[(int)kernel].Module;
    public static string Name(this Kernel kernel) => Entries[(int)kernel].Name;

    /// <summary>The form of a kernel for an element type.</summary>
    public static Kernel For(this Kernel first, ElementType type) => first + (int)type;
}
