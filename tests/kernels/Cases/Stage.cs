using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Roast.Cuda;
using Xunit;

namespace Roast.Tests.Kernels.Cases;

/// <summary>
/// One case's buffers on one launcher. Each lies between guard bytes that must be found as they were; the simulator needs none, since
/// there every access outside an allocation is an error, so buffers end exactly where they should.
/// </summary>
sealed class Stage(IKernelLauncher launcher, bool guards) : IDisposable
{
    const int GuardBytes = 256;
    const byte Pattern = 0x7e;
    readonly List<(DeviceBuffer Buffer, long From, long To)> _buffers = [];
    readonly MemoryStream _outputs = new();

    public IKernelLauncher Launcher => launcher;

    /// <summary>Values for a kernel to read, or to change.</summary>
    /// <param name="values">What they are.</param>
    /// <param name="shift">Values between an aligned place and the first one: a misaligned view.</param>
    public DeviceView<T> In<T>(T[] values, int shift = 0) where T : unmanaged
    {
        var view = Out<T>(values.Length, shift);
        launcher.Upload<T>(view, values);
        return view;
    }

    /// <summary>Place for what a kernel writes; nothing was written there yet.</summary>
    public DeviceView<T> Out<T>(int count, int shift = 0) where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        long before = (guards ? GuardBytes : 0) + shift * size, bytes = (long)count * size, after = guards ? GuardBytes : 0;
        var buffer = launcher.Allocate(before + bytes + after);
        if (guards) launcher.Fill(buffer.As<byte>(), Pattern);
        _buffers.Add((buffer, before, before + bytes));
        return buffer.As<T>().Slice(before / size, count);
    }

    /// <summary>Activations of a type, as rows.</summary>
    public ActivationView Rows(ElementType type, byte[] raw, int rows, int width, int stride, int shift)
    {
        var view = type == ElementType.Float32 ? Start(In(MemoryMarshal.Cast<byte, float>(raw).ToArray(), shift)) : Start(In(MemoryMarshal.Cast<byte, ushort>(raw).ToArray(), shift));
        return new ActivationView(view.Buffer, type, rows, width, stride, view.Start);
        static (DeviceBuffer Buffer, long Start) Start<T>(DeviceView<T> x) where T : unmanaged => (x.Buffer!, x.Start);
    }

    /// <summary>Reads back, and remembers the bytes as part of the case's result.</summary>
    public T[] Read<T>(DeviceView<T> view) where T : unmanaged
    {
        var values = new T[view.Length];
        launcher.Download<T>(view, values);
        _outputs.Write(MemoryMarshal.AsBytes<T>(values));
        return values;
    }

    /// <summary>Everything that was read back, once the guards were looked at.</summary>
    public byte[] Finish()
    {
        foreach (var (buffer, from, to) in guards ? _buffers : [])
        {
            var all = new byte[buffer.Bytes];
            launcher.Download(buffer.As<byte>(), all.AsSpan());
            Assert.True(!all.AsSpan(0, (int)from).ContainsAnyExcept(Pattern) && !all.AsSpan((int)to).ContainsAnyExcept(Pattern), "A kernel wrote beside its buffer.");
        }
        return _outputs.ToArray();
    }

    public void Dispose()
    {
        foreach (var (buffer, _, _) in _buffers) buffer.Dispose();
    }
}
