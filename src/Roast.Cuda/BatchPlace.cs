namespace Roast.Cuda;

/// <summary>Where the parts of a batch lie in one buffer, each from a multiple of 16 bytes.</summary>
internal readonly record struct BatchPlace(DeviceView<double> Differences, DeviceView<double> Weights, DeviceView<double> Votes, DeviceView<double> Sizes,
    DeviceView<int> States, DeviceView<int> CorrectAt, DeviceView<int> Correct, DeviceView<int> IncorrectAt, DeviceView<int> Incorrect)
{
    public static long Bytes(QuestionBatch batch, int width)
    {
        long at = 0;
        Lay(null, batch, width, ref at);
        return at;
    }

    public static BatchPlace In(DeviceBuffer buffer, QuestionBatch batch, int width)
    {
        long at = 0;
        return Lay(buffer, batch, width, ref at);
    }

    static BatchPlace Lay(DeviceBuffer? buffer, QuestionBatch batch, int width, ref long at)
    {
        int questions = batch.Weights.Length;
        return new(Take<double>(buffer, ref at, (long)questions * ContrastCall.Pitch(width)), Take<double>(buffer, ref at, questions), Take<double>(buffer, ref at, questions),
            Take<double>(buffer, ref at, questions), Take<int>(buffer, ref at, questions), Take<int>(buffer, ref at, questions + 1), Take<int>(buffer, ref at, batch.Correct.Length),
            Take<int>(buffer, ref at, questions + 1), Take<int>(buffer, ref at, batch.Incorrect.Length));
    }

    static DeviceView<T> Take<T>(DeviceBuffer? buffer, ref long at, long count) where T : unmanaged
    {
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        long start = at;
        at = (at + count * size + 15) / 16 * 16;
        return buffer is null ? default : new DeviceView<T>(buffer, start / size, count);
    }
}
