using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Roast.Native;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>Vectors and activations through the border are the managed API's, bit for bit.</summary>
public unsafe class FitTests : IDisposable
{
    static string Train => Repository.Path("models", "two-annotators", "problems", "train.jsonl");

    readonly nint _model = Api.OpenDefault();

    public void Dispose() => Api.FreeModel(_model);

    static int s_reports;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Report(void* user, Progress* progress) => ++s_reports >= 1 && user != null ? 1 : 0;

    Status Fit(string task, string path, FitOptions* options, out nint vector)
    {
        nint made = -1;
        fixed (byte* t = Api.Zero(task))
        fixed (byte* p = Api.Zero(path))
        {
            var status = ((delegate* unmanaged[Cdecl]<nint, byte*, byte*, FitOptions*, nint*, Status>)&FitExports.Fit)(_model, t, p, options, &made);
            vector = made;
            return status;
        }
    }

    static float[] Values(nint vector, string point)
    {
        var values = new float[4096];
        nuint width = 0;
        fixed (byte* name = Api.Zero(point))
        fixed (float* p = values) Api.Ok(((delegate* unmanaged[Cdecl]<nint, byte*, float*, nuint, nuint*, Status>)&VectorExports.Values)(vector, name, p, (nuint)values.Length, &width));
        return values[..(int)width];
    }

    static FitOptions Small()
    {
        var options = Api.Sized<FitOptions>();
        (options.Rollouts, options.MaxAnswerTokens, options.QuestionLimit) = (4, 8, 12);
        options.OnProgress = &Report;
        return options;
    }

    [Fact]
    public void A_fit_from_a_task_file_is_the_managed_fit_bit_for_bit()
    {
        nint vector = FitSmall();
        var expected = Twin.Fit(Train, 12, new RoastOptions { Rollouts = 4, MaxAnswerTokens = 8 });
        foreach (var point in expected.Points) Assert.Equal(expected[point].ToArray(), Values(vector, point.ToString()));
        Api.Ok(Api.FreeVector(vector));
    }

    nint FitSmall()
    {
        var options = Small();
        s_reports = 0;
        Api.Ok(Fit("exact", Train, &options, out nint vector));
        Assert.True(s_reports > 12, $"{s_reports} reports");
        return vector;
    }

    [Fact]
    public void A_progress_callback_that_asks_to_stop_ends_the_fit()
    {
        var options = Small();
        options.User = (void*)1;
        Api.Fails(Status.Aborted, Fit("exact", Train, &options, out nint vector), "progress callback");
        Assert.Equal(0, vector);
    }

    [Fact]
    public void Bad_tasks_points_and_choices_are_statuses()
    {
        var options = Small();
        Api.Fails(Status.BadTask, Fit("no such task", Train, &options, out _), "no such task");
        Api.Fails(Status.NotFound, Fit("exact", Train + ".absent", &options, out _), "absent");
        options.Method = 7;
        Api.Fails(Status.Argument, Fit("exact", Train, &options, out _), "method is 7");
        options = Small();
        fixed (byte* points = Api.Zero("resid_post.99"))
        {
            options.Points = points;
            Api.Fails(Status.Argument, Fit("exact", Train, &options, out _), "layers");
        }
    }

    [Fact]
    public void A_fit_from_pairs_is_caa_and_its_file_is_read_back()
    {
        byte[][] texts = [Api.Zero("12+34="), Api.Zero("46"), Api.Zero("64"), Api.Zero("21+35="), Api.Zero("56"), Api.Zero("65")];
        var pins = Array.ConvertAll(texts, x => GCHandle.Alloc(x, GCHandleType.Pinned));
        byte* At(int i) => (byte*)pins[i].AddrOfPinnedObject();
        Pair* pairs = stackalloc Pair[] { new() { Prompt = At(0), Right = At(1), Wrong = At(2) }, new() { Prompt = At(3), Right = At(4), Wrong = At(5) } };
        nint vector = 0;
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, Pair*, nuint, FitOptions*, nint*, Status>)&FitExports.FitPairs)(_model, pairs, 2, null, &vector));
        var info = Api.Sized<VectorInfo>();
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, VectorInfo*, Status>)&VectorExports.GetInfo)(vector, &info));
        Assert.True(info.Points > 0 && info.HasNorms == 1);
        Assert.Equal("caa", Marshal.PtrToStringUTF8((nint)info.Method));
        string path = Path.Combine(Directory.CreateTempSubdirectory("roast").FullName, "v.safetensors");
        fixed (byte* p = Api.Zero(path))
        {
            Api.Ok(((delegate* unmanaged[Cdecl]<nint, byte*, int, Status>)&VectorExports.Save)(vector, p, 0));
            Api.Fails(Status.CannotWrite, ((delegate* unmanaged[Cdecl]<nint, byte*, int, Status>)&VectorExports.Save)(vector, p, 0), "exists");
        }
        Assert.Equal(SteeringVector.Load(path)[new Point(Site.MlpAct, 0)].ToArray(), Values(vector, "mlp_act.0"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        foreach (var pin in pins) pin.Free();
        Api.Ok(Api.FreeVector(vector));
    }

    [Fact]
    public void A_vector_is_made_from_arrays_and_one_of_another_width_does_not_fit()
    {
        float* values = stackalloc float[] { 1, -2, 3 };
        nuint width = 3;
        nint vector = 0;
        fixed (byte* name = Api.Zero("resid_post.0"))
            Api.Ok(((delegate* unmanaged[Cdecl]<byte**, float**, nuint*, nuint, nint*, Status>)&VectorExports.Create)(&name, &values, &width, 1, &vector));
        Assert.Equal([1, -2, 3], Values(vector, "resid_post.0"));
        var options = Api.Sized<GenerateOptions>();
        options.Steering = Api.Steer(vector, 1);
        Api.Fails(Status.VectorDoesNotFit, Api.Generate(_model, Api.Encode(_model, "1+1="), &options, null, null, null), "width");
        var relative = Api.Sized<SteeringOptions>();
        relative.Relative = 1;
        nint steering = -1;
        Api.Fails(Status.State, ((delegate* unmanaged[Cdecl]<nint, SteeringOptions*, nint*, Status>)&SteeringExports.Create)(vector, &relative, &steering), "norm");
        Api.Ok(Api.FreeSteering(options.Steering));
        Api.Ok(Api.FreeVector(vector));
    }

    [Fact]
    public void Activations_are_read_without_a_copy_and_are_the_managed_apis() =>
        Assert.Equal(Twin.Activations("457+385=", new Point(Site.ResidPost, 1)), ReadActivations("457+385=", "resid_post.1"));

    float[] ReadActivations(string prompt, string points)
    {
        nint activations = 0;
        int[] ids = Api.Encode(_model, prompt);
        fixed (int* p = ids)
        fixed (byte* name = Api.Zero(points))
            Api.Ok(((delegate* unmanaged[Cdecl]<nint, int*, nuint, byte*, int, nint, nint*, Status>)&ActivationsExports.Read)(_model, p, (nuint)ids.Length, name, 0, 0, &activations));
        var values = Api.Sized<PointValues>();
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, nuint, PointValues*, Status>)&ActivationsExports.Get)(activations, 0, &values));
        Assert.Equal((nuint)ids.Length, values.Positions);
        Assert.Equal(points, Marshal.PtrToStringUTF8((nint)values.Point));
        float[] copy = new ReadOnlySpan<float>(values.Values, (int)(values.Positions * values.Width)).ToArray();
        Api.Fails(Status.Argument, ((delegate* unmanaged[Cdecl]<nint, nuint, PointValues*, Status>)&ActivationsExports.Get)(activations, 1, &values), "index is 1");
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, Status>)&ActivationsExports.Free)(activations));
        return copy;
    }
}
