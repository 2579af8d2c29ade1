using System.Text;
using Roast.Native;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>Whatever C passes is a status with a text that says what was wrong.</summary>
public unsafe class BadInputTests : IDisposable
{
    readonly nint _model = Api.OpenDefault();

    public void Dispose() => Api.FreeModel(_model);

    [Fact]
    public void A_null_handle_a_freed_one_and_one_of_another_kind_are_told_apart()
    {
        nint vector = Api.LoadVector();
        Api.Fails(Status.Handle, Api.FreeModel(0), "is NULL");
        Api.Fails(Status.Handle, Api.FreeModel(vector), "another kind");
        Api.Ok(Api.FreeVector(vector));
        Api.Fails(Status.Handle, Api.FreeVector(vector), "was freed");
        Api.Fails(Status.Handle, Api.FreeModel(unchecked((nint)0x7123456712345678)), "never came from this library");
        Api.Fails(Status.Handle, Api.FreeModel(-1), "not alive");
    }

    [Fact]
    public void A_stale_handle_does_not_reach_the_object_that_took_its_slot()
    {
        nint first = Api.LoadVector();
        Api.Ok(Api.FreeVector(first));
        nint second = Api.LoadVector();
        Assert.NotEqual(first, second);
        Api.Fails(Status.Handle, Api.FreeVector(first), "roast_vector");
        Api.Ok(Api.FreeVector(second));
    }

    [Fact]
    public void A_failed_open_leaves_null_and_says_why()
    {
        Api.Fails(Status.NotFound, Api.Open(Repository.Path("no", "such", "model"), out nint model), "such");
        Assert.Equal(0, model);
        var status = ((delegate* unmanaged[Cdecl]<byte*, OpenOptions*, nint*, Status>)&ModelExports.Open)(null, null, &model);
        Api.Fails(Status.Argument, status, "path is NULL");
        fixed (byte* path = Api.Zero("x"))
            Api.Fails(Status.Argument, ((delegate* unmanaged[Cdecl]<byte*, OpenOptions*, nint*, Status>)&ModelExports.Open)(path, null, null), "model is NULL");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(57)]
    [InlineData(1_000_000)]
    [InlineData(-1)]
    public void A_struct_size_that_no_version_has_is_refused(long size)
    {
        var options = new OpenOptions { StructSize = (nuint)size };
        Api.Fails(Status.Argument, Api.Open(Repository.DefaultModel, out _, &options), "struct_size");
    }

    [Fact]
    public void A_caller_of_an_older_header_meets_defaults_and_one_of_a_newer_header_may_leave_its_fields_zero()
    {
        var old = new OpenOptions { StructSize = 16, Threads = 1, Precision = 99 };
        Api.Ok(Api.Open(Repository.DefaultModel, out nint model, &old));
        Api.FreeModel(model);
        byte* newer = stackalloc byte[sizeof(OpenOptions) + 8];
        new Span<byte>(newer, sizeof(OpenOptions) + 8).Clear();
        *(nuint*)newer = (nuint)sizeof(OpenOptions) + 8;
        Api.Ok(Api.Open(Repository.DefaultModel, out model, (OpenOptions*)newer));
        Api.FreeModel(model);
        newer[sizeof(OpenOptions)] = 1;
        Api.Fails(Status.Argument, Api.Open(Repository.DefaultModel, out _, (OpenOptions*)newer), "does not know");
    }

    [Fact]
    public void A_struct_of_an_older_caller_is_not_written_past_its_end()
    {
        var info = new ModelInfo { StructSize = 16, HiddenSize = -7, IntermediateSize = -7 };
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, ModelInfo*, Status>)&ModelExports.GetInfo)(_model, &info));
        Assert.True(info.Layers > 0 && info.HiddenSize > 0);
        Assert.Equal(-7, info.IntermediateSize);
        Assert.Equal(16u, info.StructSize);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { (byte)'a', 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public void Text_that_is_not_utf8_is_refused(byte[] text)
    {
        nuint count;
        fixed (byte* p = text) Api.Fails(Status.Argument, Api.Encode(_model, p, (nuint)text.Length, null, 0, &count), "not UTF-8");
    }

    [Fact]
    public void Huge_lengths_are_refused_before_anything_is_read()
    {
        nuint count;
        byte b = (byte)'1';
        Api.Fails(Status.Argument, Api.Encode(_model, &b, nuint.MaxValue - 1, null, 0, &count), "bytes");
        Api.Fails(Status.Argument, Api.Encode(_model, &b, Text8.MaxBytes + 1, null, 0, &count), "bytes");
        int id = 1;
        var status = ((delegate* unmanaged[Cdecl]<nint, int*, nuint, GenerateOptions*, delegate* unmanaged[Cdecl]<void*, Piece*, int>, void*, Outcome*, Status>)&GenerateExports.Generate)(_model, &id, nuint.MaxValue / 2, null, null, null, null);
        Api.Fails(Status.Argument, status, "items");
        Api.Fails(Status.Argument, Api.RunBatch(_model, null, nuint.MaxValue, 0, out _), "items");
        Api.Fails(Status.Argument, Api.RunBatch(_model, null, 3, 0, out _), "NULL");
    }

    [Fact]
    public void A_buffer_that_is_too_small_is_left_alone_and_the_length_is_said()
    {
        byte[] text = Encoding.UTF8.GetBytes("457+385=");
        int* ids = stackalloc int[] { -7, -7 };
        nuint count = 0;
        fixed (byte* p = text)
        {
            Api.Fails(Status.Buffer, Api.Encode(_model, p, (nuint)text.Length, ids, 2, &count), "items");
            Api.Fails(Status.Argument, Api.Encode(_model, p, (nuint)text.Length, ids, 2, null), "count");
        }
        Assert.True(count > 2);
        Assert.Equal(-7, ids[0]);
    }

    [Fact]
    public void Ids_outside_the_vocabulary_an_empty_prompt_and_bad_options_are_refused()
    {
        Api.Fails(Status.Argument, Api.Generate(_model, [int.MaxValue], null, null, null, null), "vocabulary");
        Api.Fails(Status.Argument, Api.Generate(_model, [], null, null, null, null), "at least one token");
        int[] ids = Api.Encode(_model, "1+1=");
        var options = Api.Sized<GenerateOptions>();
        options.Temperature = float.NaN;
        Api.Fails(Status.Argument, Api.Generate(_model, ids, &options, null, null, null), "Temperature");
        options = Api.Sized<GenerateOptions>();
        options.MaxTokens = -1;
        Api.Fails(Status.Argument, Api.Generate(_model, ids, &options, null, null, null), "MaxTokens");
        options = Api.Sized<GenerateOptions>();
        options.Steering = _model;
        Api.Fails(Status.Handle, Api.Generate(_model, ids, &options, null, null, null), "roast_steering");
        options = Api.Sized<GenerateOptions>();
        options.StopCount = 1;
        Api.Fails(Status.Argument, Api.Generate(_model, ids, &options, null, null, null), "stop_strings");
        options = Api.Sized<GenerateOptions>();
        options.MaxTokens = int.MaxValue;
        Assert.NotEqual(Status.Ok, Api.Generate(_model, ids, &options, null, null, null));
    }

    [Fact]
    public void The_last_error_belongs_to_its_thread_and_a_success_leaves_it_alone()
    {
        Api.Fails(Status.Handle, Api.FreeVector(0), "roast_vector");
        string? elsewhere = null;
        var thread = new Thread(() => elsewhere = Api.LastText);
        thread.Start();
        thread.Join();
        Assert.Equal("", elsewhere);
        Api.Ok(Api.FreeVector(Api.LoadVector()));
        Assert.Contains("roast_vector", Api.LastText);
    }

    [Fact]
    public void Random_handles_and_random_structs_never_crash()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        nint live = Api.LoadVector();
        for (int i = 0; i < 20_000; i++)
        {
            nint handle = (nint)random.NextInt64(long.MinValue, long.MaxValue);
            if (i % 3 == 0) handle = (live & ~0xFFFF) | random.Next(0, 0x10000);
            if (handle == live || handle == _model) continue;
            var options = Api.Sized<GenerateOptions>();
            (options.Steering, options.Cancel) = (handle, handle);
            Assert.True(Api.Generate(handle, [1], &options, null, null, null) == Status.Handle, $"seed {seed}, handle {handle:x}");
        }
        Api.Ok(Api.FreeVector(live));
    }
}
