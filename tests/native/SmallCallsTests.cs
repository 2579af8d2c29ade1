using System.Runtime.InteropServices;
using Roast.Native;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>The calls that only look things up or convert: each says what the managed API says.</summary>
public unsafe class SmallCallsTests : IDisposable
{
    readonly nint _model = Api.OpenDefault(), _vector = Api.LoadVector();

    public void Dispose()
    {
        Api.FreeVector(_vector);
        Api.FreeModel(_model);
    }

    static int[] Ids(nint model, delegate* unmanaged[Cdecl]<nint, int*, nuint, nuint*, Status> read)
    {
        var ids = new int[64];
        nuint count = 0;
        fixed (int* p = ids) Api.Ok(read(model, p, (nuint)ids.Length, &count));
        return ids[..(int)count];
    }

    static int[] Chat(nint model, params (string Role, string Content)[] turns)
    {
        byte[][] texts = [.. turns.SelectMany(turn => new[] { Api.Zero(turn.Role), Api.Zero(turn.Content) })];
        var pins = Array.ConvertAll(texts, text => GCHandle.Alloc(text, GCHandleType.Pinned));
        var messages = turns.Select((_, i) => new Message { Role = (byte*)pins[2 * i].AddrOfPinnedObject(), Content = (byte*)pins[2 * i + 1].AddrOfPinnedObject() }).ToArray();
        var ids = new int[256];
        nuint count = 0;
        fixed (Message* m = messages)
        fixed (int* p = ids) Api.Ok(((delegate* unmanaged[Cdecl]<nint, Message*, nuint, int*, nuint, nuint*, Status>)&TextExports.EncodeChat)(model, m, (nuint)messages.Length, p, (nuint)ids.Length, &count));
        foreach (var pin in pins) pin.Free();
        return ids[..(int)count];
    }

    static string Detokenize(nint model, int[] ids, bool keepSpecial)
    {
        fixed (int* p = ids)
        {
            int* q = p;
            return Api.Text((text, capacity, length) => ((delegate* unmanaged[Cdecl]<nint, int*, nuint, int, byte*, nuint, nuint*, Status>)&TextExports.Detokenize)(model, q, (nuint)ids.Length, keepSpecial ? 1 : 0, text, capacity, length));
        }
    }

    [Fact]
    public void End_tokens_and_text_are_the_models()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        Assert.Equal(model.EndTokens, Ids(_model, &ModelExports.EndTokens));
        int[] ids = [.. model.EncodePrompt("457+385="), .. model.EndTokens];
        foreach (bool keep in (bool[])[false, true]) Assert.Equal(model.Tokenizer!.Decode(ids, skipSpecial: !keep), Detokenize(_model, ids, keep));
        Assert.NotEqual(Detokenize(_model, ids, keepSpecial: false), Detokenize(_model, ids, keepSpecial: true));
        nuint length = 0;
        int bad = -1;
        Assert.NotEqual(Status.Ok, ((delegate* unmanaged[Cdecl]<nint, int*, nuint, int, byte*, nuint, nuint*, Status>)&TextExports.Detokenize)(_model, &bad, 1, 0, null, 0, &length));
    }

    [Fact]
    public void A_vectors_points_are_named_one_by_one()
    {
        var expected = SteeringVector.Load(Api.Vector).Points;
        for (int i = 0; i < expected.Count; i++)
        {
            int index = i;
            Assert.Equal(expected[i].ToString(), Api.Text((text, capacity, length) => ((delegate* unmanaged[Cdecl]<nint, nuint, byte*, nuint, nuint*, Status>)&VectorExports.PointAt)(_vector, (nuint)index, text, capacity, length)));
        }
        nuint ignored = 0;
        Api.Fails(Status.Argument, ((delegate* unmanaged[Cdecl]<nint, nuint, byte*, nuint, nuint*, Status>)&VectorExports.PointAt)(_vector, (nuint)expected.Count, null, 0, &ignored), $"{expected.Count} points");
    }

    [Fact]
    public void A_vector_of_this_model_raises_no_doubt()
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        string expected = string.Join('\n', model.Check(SteeringVector.Load(Api.Vector)));
        Assert.Equal(expected, Api.Text((text, capacity, length) => ((delegate* unmanaged[Cdecl]<nint, nint, byte*, nuint, nuint*, Status>)&ModelExports.CheckVector)(_model, _vector, text, capacity, length)));
    }

    [Fact]
    public void A_steering_says_what_it_is_and_takes_another_vector()
    {
        nint steering = Api.Steer(_vector, 0.5f), opposite = 0;
        var options = Api.Sized<SteeringOptions>();
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, SteeringOptions*, Status>)&SteeringExports.Get)(steering, &options));
        Assert.Equal((0.5f, 0, (int)Scope.Last), (options.Strength, options.Relative, options.Scope));
        int[] prompt = Api.Encode(_model, "457+385=");
        Assert.Equal("842", Text(prompt, steering));

        string file = Path.GetTempFileName();
        (-SteeringVector.Load(Api.Vector)).Save(file, overwrite: true);
        fixed (byte* path = Api.Zero(file)) Api.Ok(((delegate* unmanaged[Cdecl]<byte*, nint*, Status>)&VectorExports.Load)(path, &opposite));
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, nint, Status>)&SteeringExports.SetVector)(steering, opposite));
        Assert.Equal("732", Text(prompt, steering));
        Api.Ok(Api.FreeVector(opposite));
        Api.Ok(Api.FreeSteering(steering));
        File.Delete(file);
    }

    string Text(int[] prompt, nint steering)
    {
        var options = Api.Sized<GenerateOptions>();
        (options.MaxTokens, options.Steering) = (8, steering);
        fixed (int* p = prompt)
        {
            var row = new RowInput { StructSize = (nuint)sizeof(RowInput), Ids = p, IdCount = (nuint)prompt.Length, Options = &options };
            Api.Ok(Api.RunBatch(_model, &row, 1, 0, out nint batch));
            nuint count = 0;
            Api.Ok(((delegate* unmanaged[Cdecl]<nint, nuint*, Status>)&GenerateExports.BatchCount)(batch, &count));
            Assert.Equal(1u, count);
            string text = Api.Answer(batch, 0).Text;
            Api.Ok(Api.FreeBatch(batch));
            return text;
        }
    }

    [Fact]
    public void Devices_are_counted_and_described_and_the_one_behind_the_last_is_refused()
    {
        nuint count = 0;
        Api.Ok(((delegate* unmanaged[Cdecl]<nuint*, Status>)&LibraryExports.DeviceCount)(&count));
        Assert.True(count >= 1);                                        // the CPU
        var info = Api.Sized<DeviceInfo>();
        for (nuint i = 0; i < count; i++)
        {
            Api.Ok(((delegate* unmanaged[Cdecl]<nuint, DeviceInfo*, Status>)&LibraryExports.DeviceGet)(i, &info));
            Assert.NotEqual(0, info.Name[0]);
        }
        Assert.Equal(Status.Argument, ((delegate* unmanaged[Cdecl]<nuint, DeviceInfo*, Status>)&LibraryExports.DeviceGet)(count, &info));
    }

    [Fact]
    public void A_gguf_file_opens_chats_and_answers_like_the_managed_api()
    {
        string path = SharedData.Require("models", "smollm2-135m-instruct", "SmolLM2-135M-Instruct.Q4_1.gguf");
        Api.Ok(Api.Open(path, out nint native));
        try
        {
            using var model = SteerableModel.Open(path);
            int[] expected = model.EncodeChat([new("user", "Is a heron a bird?")]);
            int[] ids = Chat(native, ("user", "Is a heron a bird?"));
            Assert.Equal(expected, ids);
            var options = Api.Sized<GenerateOptions>();
            options.MaxTokens = 8;
            fixed (int* p = ids)
            {
                var row = new RowInput { StructSize = (nuint)sizeof(RowInput), Ids = p, IdCount = (nuint)ids.Length, Options = &options };
                Api.Ok(Api.RunBatch(native, &row, 1, 0, out nint batch));
                Assert.Equal(model.Complete(ids, new() { MaxTokens = 8 }).Ids, Api.Answer(batch, 0).Ids);
                Api.Ok(Api.FreeBatch(batch));
            }
        }
        finally { Api.Ok(Api.FreeModel(native)); }
    }

    [Fact]
    public void A_fit_from_saved_rollouts_is_the_managed_one_bit_for_bit()
    {
        string questions = Repository.Path("models", "two-annotators", "problems", "train.jsonl"), rollouts = Repository.Path("models", "two-annotators", "rollouts.jsonl");
        var expected = Twin.FitFromRollouts(questions, rollouts);
        nint made = 0;
        fixed (byte* task = Api.Zero("exact"))
        fixed (byte* data = Api.Zero(questions))
        fixed (byte* file = Api.Zero(rollouts))
            Api.Ok(((delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, FitOptions*, nint*, Status>)&FitExports.FitRollouts)(_model, task, data, file, null, &made));
        var values = new float[4096];
        foreach (var point in expected.Points)
        {
            nuint width = 0;
            fixed (byte* name = Api.Zero(point.ToString()))
            fixed (float* p = values) Api.Ok(((delegate* unmanaged[Cdecl]<nint, byte*, float*, nuint, nuint*, Status>)&VectorExports.Values)(made, name, p, (nuint)values.Length, &width));
            Assert.Equal(expected[point].ToArray(), values[..(int)width]);
        }
        Api.Ok(Api.FreeVector(made));
    }
}
