using System.Text;
using Roast.Native;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>The exports as C sees them, called through their function pointers: no ahead-of-time build is needed.</summary>
internal static unsafe class Api
{
    public static string Vector => Repository.Path("models", "two-annotators", "careful.safetensors");

    public static string LastText => Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(((delegate* unmanaged[Cdecl]<byte*>)&LibraryExports.GetLastError)()));

    public static T Sized<T>() where T : unmanaged
    {
        T value = default;
        *(nuint*)&value = (nuint)sizeof(T);
        return value;
    }

    public static void Ok(Status status) => Assert.True(status == Status.Ok, $"{status}: {LastText}");

    /// <summary>The status, and a text that says something.</summary>
    public static void Fails(Status expected, Status status, string says)
    {
        Assert.Equal(expected, status);
        Assert.Contains(says, LastText);
    }

    public static Status Open(string path, out nint model, OpenOptions* options = null)
    {
        nint opened = -1;
        fixed (byte* text = Zero(path))
        {
            var status = ((delegate* unmanaged[Cdecl]<byte*, OpenOptions*, nint*, Status>)&ModelExports.Open)(text, options, &opened);
            model = opened;
            return status;
        }
    }

    public static nint OpenDefault()
    {
        Ok(Open(Repository.DefaultModel, out nint model));
        return model;
    }

    public static Status FreeModel(nint model) => ((delegate* unmanaged[Cdecl]<nint, Status>)&ModelExports.Free)(model);
    public static Status FreeVector(nint vector) => ((delegate* unmanaged[Cdecl]<nint, Status>)&VectorExports.Free)(vector);
    public static Status FreeSteering(nint steering) => ((delegate* unmanaged[Cdecl]<nint, Status>)&SteeringExports.Free)(steering);
    public static Status FreeBatch(nint batch) => ((delegate* unmanaged[Cdecl]<nint, Status>)&GenerateExports.BatchFree)(batch);
    public static Status FreeGeneration(nint generation) => ((delegate* unmanaged[Cdecl]<nint, Status>)&PullExports.Free)(generation);

    public static Status Encode(nint model, byte* text, nuint length, int* ids, nuint capacity, nuint* count) =>
        ((delegate* unmanaged[Cdecl]<nint, byte*, nuint, int*, nuint, nuint*, Status>)&TextExports.EncodePrompt)(model, text, length, ids, capacity, count);

    public static int[] Encode(nint model, string prompt)
    {
        var ids = new int[256];
        nuint count = 0;
        byte[] text = Encoding.UTF8.GetBytes(prompt);
        fixed (byte* p = text)
        fixed (int* q = ids) Ok(Encode(model, p, (nuint)text.Length, q, (nuint)ids.Length, &count));
        return ids[..(int)count];
    }

    public static nint LoadVector()
    {
        nint vector = 0;
        fixed (byte* text = Zero(Vector)) Ok(((delegate* unmanaged[Cdecl]<byte*, nint*, Status>)&VectorExports.Load)(text, &vector));
        return vector;
    }

    public static nint Steer(nint vector, float strength)
    {
        nint steering = 0;
        var options = Sized<SteeringOptions>();
        options.Strength = strength;
        Ok(((delegate* unmanaged[Cdecl]<nint, SteeringOptions*, nint*, Status>)&SteeringExports.Create)(vector, &options, &steering));
        return steering;
    }

    public static Status SetStrength(nint steering, float strength) => ((delegate* unmanaged[Cdecl]<nint, float, int, Status>)&SteeringExports.SetStrength)(steering, strength, 0);

    public static Status Generate(nint model, int[] ids, GenerateOptions* options, delegate* unmanaged[Cdecl]<void*, Piece*, int> onPiece, void* user, Outcome* outcome)
    {
        fixed (int* p = ids)
            return ((delegate* unmanaged[Cdecl]<nint, int*, nuint, GenerateOptions*, delegate* unmanaged[Cdecl]<void*, Piece*, int>, void*, Outcome*, Status>)&GenerateExports.Generate)(model, p, (nuint)ids.Length, options, onPiece, user, outcome);
    }

    public static Status Start(nint model, int[] ids, GenerateOptions* options, out nint generation)
    {
        nint started = -1;
        fixed (int* p = ids)
        {
            var status = ((delegate* unmanaged[Cdecl]<nint, int*, nuint, GenerateOptions*, nint*, Status>)&PullExports.Start)(model, p, (nuint)ids.Length, options, &started);
            generation = started;
            return status;
        }
    }

    public static Status Next(nint generation, Piece* piece) => ((delegate* unmanaged[Cdecl]<nint, Piece*, Status>)&PullExports.Next)(generation, piece);

    public static Status RunBatch(nint model, RowInput* rows, nuint count, nint cancel, out nint batch)
    {
        nint made = -1;
        var status = ((delegate* unmanaged[Cdecl]<nint, RowInput*, nuint, nint, delegate* unmanaged[Cdecl]<void*, Piece*, int>, void*, nint*, Status>)&GenerateExports.BatchRun)(model, rows, count, cancel, null, null, &made);
        batch = made;
        return status;
    }

    public static (int[] Ids, string Text, int Stop) Answer(nint batch, int index)
    {
        var answer = Sized<Answer>();
        Ok(((delegate* unmanaged[Cdecl]<nint, nuint, Answer*, Status>)&GenerateExports.BatchGet)(batch, (nuint)index, &answer));
        return (new ReadOnlySpan<int>(answer.Ids, (int)answer.IdCount).ToArray(), Encoding.UTF8.GetString(answer.Text, (int)answer.TextLength), answer.Stop);
    }

    /// <summary>What an export writes as text; asked for its length first, as a caller would.</summary>
    public static string Text(TextWriter write)
    {
        nuint length = 0;
        Assert.Equal(Status.Buffer, write(null, 0, &length));
        var bytes = new byte[(int)length + 1];
        fixed (byte* p = bytes) Ok(write(p, (nuint)bytes.Length, &length));
        return Encoding.UTF8.GetString(bytes, 0, (int)length);
    }

    public delegate Status TextWriter(byte* text, nuint capacity, nuint* length);

    public static byte[] Zero(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}
