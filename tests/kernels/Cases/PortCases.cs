using Roast.Cuda;
using Roast.TestSupport;

namespace Roast.Tests.Kernels.Cases;

/// <summary>Rows with two vectors, none, one, and three.</summary>
sealed record ScaleCase(ElementType Type, int Width, int Shift) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        int[] at = [0, 2, 2, 3, 6], picks = [2, 0, 1, 1, 1, 2];
        float[] strengths = [0.2f, -1.5f, 0.5f, 3, -0.25f, 0];
        float[] v = Draw.Floats(3 * Width, seed: 4);
        int rows = at.Length - 1;
        var port = stage.Rows(Type, new byte[rows * Width * (Type == ElementType.Float32 ? 4 : 2)], rows, Width, Width, Shift);
        stage.Launcher.Scale(new ScaleCall { Vectors = stage.In(v, Shift), At = stage.In(at), Picks = stage.In(picks), Strengths = stage.In(strengths), Port = port });
        float[] actual = Values(stage, port, rows * Width);
        if (!check) return;
        var expected = new double[rows * Width];
        for (int r = 0; r < rows; r++)
            for (int k = at[r]; k < at[r + 1]; k++)
                for (int c = 0; c < Width; c++) expected[r * Width + c] += (double)strengths[k] * v[picks[k] * Width + c];
        Near.EqualToScale(expected, Array.ConvertAll(actual, x => (double)x), Tolerance.RoundedTo(Type == ElementType.Float32 ? 24 : Type == ElementType.Float16 ? 11 : 8), ToString());
        if (Type == ElementType.Float32) Near.SameBits([.. Enumerable.Range(0, Width).Select(c => 0.5f * v[Width + c])], actual.AsSpan(2 * Width, Width), $"{this}, one vector");
    }

    internal static float[] Values(Stage stage, ActivationView x, int count) => x.Type == ElementType.Float32
        ? stage.Read(x.Buffer.As<float>().Slice(x.Start, count))
        : Draw.ToFloats(x.Type, stage.Read(x.Buffer.As<ushort>().Slice(x.Start, count)));
}

/// <summary>Six rows: steered, not picked, of strength 0, out of scope, and steered twice.</summary>
sealed record InjectCase(ElementType Type, int Width, int Stride, int Shift, bool Multiply, bool Scoped) : KernelCase
{
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        int[] picks = [1, -1, 0, 1, 0, 1];
        float[] strengths = [0.2f, 5, 0, -1.5f, 0.75f, 2];
        byte[] scope = [1, 1, 1, 0, 255, 1];
        int rows = picks.Length, values = (rows - 1) * Stride + Width;
        var (raw, before) = Draw.Activations(Type, values, seed: 5);
        float[] v = Draw.Floats(2 * Width, seed: 6);
        var h = stage.Rows(Type, raw, rows, Width, Stride, Shift);
        stage.Launcher.Inject(new InjectCall { Activations = h, Vectors = stage.In(v, Shift), Picks = stage.In(picks), Strengths = stage.In(strengths), Scope = Scoped ? stage.In(scope) : default, Multiply = Multiply });
        float[] after = ScaleCase.Values(stage, h, values);
        if (!check) return;
        var expected = Array.ConvertAll(before, x => (double)x);
        for (int r = 0; r < rows; r++)
        {
            int at = r * Stride;
            bool steered = picks[r] >= 0 && strengths[r] != 0 && (!Scoped || scope[r] != 0);
            if (!steered) Near.SameBits(before.AsSpan(at, Width), after.AsSpan(at, Width), $"{this}, row {r} is left alone");
            else
                for (int c = 0; c < Width; c++)
                {
                    double sv = (double)strengths[r] * v[picks[r] * Width + c];
                    expected[at + c] = Multiply ? before[at + c] * (1 + sv) : before[at + c] + sv;
                }
        }
        Near.EqualToScale(expected, Array.ConvertAll(after, x => (double)x), Tolerance.RoundedTo(Type == ElementType.Float32 ? 23 : Type == ElementType.Float16 ? 11 : 8), ToString());
    }
}
