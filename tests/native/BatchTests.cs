using System.Runtime.InteropServices;
using Roast.Native;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>Rows of a batch, and rows of several threads, are what each would be alone.</summary>
public unsafe class BatchTests : IDisposable
{
    readonly nint _model = Api.OpenDefault(), _vector = Api.LoadVector();

    public void Dispose()
    {
        Api.FreeVector(_vector);
        Api.FreeModel(_model);
    }

    /// <summary>The answers to prompts, row i steered by strength i (NaN: not steered), as one batch.</summary>
    (int[] Ids, string Text, int Stop)[] Run(string[] prompts, float[] strengths)
    {
        var ids = Array.ConvertAll(prompts, prompt => Api.Encode(_model, prompt));
        var pins = Array.ConvertAll(ids, x => GCHandle.Alloc(x, GCHandleType.Pinned));
        var options = new GenerateOptions[prompts.Length];
        var rows = new RowInput[prompts.Length];
        fixed (GenerateOptions* o = options)
        fixed (RowInput* r = rows)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                o[i] = Api.Sized<GenerateOptions>();
                if (!float.IsNaN(strengths[i])) o[i].Steering = Api.Steer(_vector, strengths[i]);
                (o[i].Temperature, o[i].Seed, o[i].MaxTokens) = (i % 2 == 0 ? 0 : 1, (ulong)i, 8);
                r[i] = new RowInput { StructSize = (nuint)sizeof(RowInput), Ids = (int*)pins[i].AddrOfPinnedObject(), IdCount = (nuint)ids[i].Length, Options = o + i };
            }
            Api.Ok(Api.RunBatch(_model, r, (nuint)rows.Length, 0, out nint batch));
            var answers = Enumerable.Range(0, rows.Length).Select(i => Api.Answer(batch, i)).ToArray();
            Api.Ok(Api.FreeBatch(batch));
            for (int i = 0; i < rows.Length; i++) if (o[i].Steering != 0) Api.Ok(Api.FreeSteering(o[i].Steering));
            foreach (var pin in pins) pin.Free();
            return answers;
        }
    }

    static string[] Prompts(int count) => [.. Enumerable.Range(0, count).Select(i => $"{100 + 37 * i}+{200 + 53 * i}=")];

    [Fact]
    public void Every_row_of_a_batch_is_what_it_is_alone_with_its_own_strength_sampler_and_seed()
    {
        string[] prompts = Prompts(6);
        float[] strengths = [float.NaN, 0.5f, 0, -0.5f, 1, 0.2f];
        var together = Run(prompts, strengths);
        Assert.All(together, x => Assert.NotEqual("", x.Text));
        // Seeds and samplers follow the row's number, so a row alone is asked for at its own number.
        for (int i = 0; i < prompts.Length; i += 2) Assert.Equal(together[i].Ids, Run([prompts[i]], [strengths[i]])[0].Ids);
        Assert.Equal(together[1].Ids, Run([prompts[0], prompts[1]], [0, strengths[1]])[1].Ids);
    }

    [Fact]
    public void Eight_threads_on_one_model_get_what_one_thread_gets()
    {
        string[][] prompts = [.. Enumerable.Range(0, 8).Select(i => Prompts(8).Skip(i % 5).Take(3).ToArray())];
        float[] strengths = [float.NaN, 0.5f, -0.5f];
        var expected = Array.ConvertAll(prompts, x => Run(x, strengths));
        var got = new (int[] Ids, string Text, int Stop)[8][];
        var failures = new Exception?[8];
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            try { for (int again = 0; again < 3; again++) got[i] = Run(prompts[i], strengths); }
            catch (Exception e) { failures[i] = e; }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.All(failures, Assert.Null);
        for (int i = 0; i < 8; i++)
            for (int row = 0; row < 3; row++) Assert.Equal(expected[i][row].Ids, got[i][row].Ids);
    }

    [Fact]
    public void Handles_made_and_freed_by_eight_threads_leave_none_behind_and_no_double_free_succeeds()
    {
        var table = new HandleTable();
        int freedTwice = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                nint handle = table.Add(new CancelHandle());
                using (table.Lease<CancelHandle>(handle)) table.Free<CancelHandle>(handle);
                try { table.Free<CancelHandle>(handle); Interlocked.Increment(ref freedTwice); }
                catch (StatusException e) when (e.Status == Status.Handle) { }
            }
        });
        Assert.Equal((0, 0), (freedTwice, table.Count));
    }

    [Fact]
    public void Rows_whose_sizes_differ_and_rows_with_a_cancel_of_their_own_are_refused()
    {
        int id = Api.Encode(_model, "1")[0];
        var options = Api.Sized<GenerateOptions>();
        options.Cancel = 1;
        var rows = new RowInput[2];
        Array.Fill(rows, new RowInput { StructSize = (nuint)sizeof(RowInput), Ids = &id, IdCount = 1 });
        rows[1].StructSize -= 8;
        fixed (RowInput* r = rows)
        {
            Api.Fails(Status.Argument, Api.RunBatch(_model, r, 2, 0, out _), "as in rows[0]");
            rows[0].Options = &options;
            Api.Fails(Status.Argument, Api.RunBatch(_model, r, 1, 0, out _), "cancelled as a whole");
            Api.Ok(Api.RunBatch(_model, r, 0, 0, out nint empty));
            Api.Ok(Api.FreeBatch(empty));
        }
    }
}
