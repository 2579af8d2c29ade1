using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Roast.Native;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>Answers through the border are the managed API's, told and pulled, steered and not.</summary>
public unsafe class GenerateTests : IDisposable
{
    const string Prompt = "457+385=";
    readonly nint _model = Api.OpenDefault();

    public void Dispose() => Api.FreeModel(_model);

    sealed class Heard
    {
        public List<int> Tokens { get; } = [];
        public StringBuilder Text { get; } = new();
        public int Thread { get; set; }
        public Func<int>? Then { get; set; }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Hear(void* user, Piece* piece)
    {
        var heard = (Heard)GCHandle.FromIntPtr((nint)user).Target!;
        if (piece->Token >= 0) heard.Tokens.Add(piece->Token);
        heard.Text.Append(Encoding.UTF8.GetString(piece->Text, (int)piece->TextLength));
        heard.Thread = Environment.CurrentManagedThreadId;
        return heard.Then?.Invoke() ?? 0;
    }

    (Status Status, Heard Heard, Outcome Outcome) Tell(GenerateOptions* options, Func<Heard, int>? then = null)
    {
        var heard = new Heard();
        if (then is not null) heard.Then = () => then(heard);
        var pin = GCHandle.Alloc(heard);
        var outcome = Api.Sized<Outcome>();
        try { return (Api.Generate(_model, Api.Encode(_model, Prompt), options, &Hear, (void*)GCHandle.ToIntPtr(pin), &outcome), heard, outcome); }
        finally { pin.Free(); }
    }

    static Generation Managed(float? strength)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        return model.Complete(model.EncodePrompt(Prompt), new GenerationOptions { Steering = strength is { } s ? SteeringVector.Load(Api.Vector).At(s) : null });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.5f)]
    public void A_told_answer_has_the_managed_apis_tokens(float? strength)
    {
        nint vector = Api.LoadVector();
        var options = Api.Sized<GenerateOptions>();
        if (strength is { } s) options.Steering = Api.Steer(vector, s);
        var (status, heard, outcome) = Tell(&options);
        Api.Ok(status);
        var expected = Managed(strength);
        Assert.Equal(expected.Ids, heard.Tokens);
        Assert.Equal(expected.Text, heard.Text.ToString());
        Assert.Equal(((int)expected.Stop, expected.PromptIds.Count, expected.Ids.Count), (outcome.Stop, outcome.PromptTokens, outcome.NewTokens));
        Assert.Equal(Environment.CurrentManagedThreadId, heard.Thread);
        if (options.Steering != 0) Api.Ok(Api.FreeSteering(options.Steering));
        Api.Ok(Api.FreeVector(vector));
    }

    [Fact]
    public void A_pulled_answer_has_the_same_tokens_and_ends_with_end_for_ever()
    {
        Api.Ok(Api.Start(_model, Api.Encode(_model, Prompt), null, out nint generation));
        var (tokens, text, piece) = (new List<int>(), "", Api.Sized<Piece>());
        var outcome = Api.Sized<Outcome>();
        Api.Fails(Status.State, ((delegate* unmanaged[Cdecl]<nint, Outcome*, Status>)&PullExports.GetOutcome)(generation, &outcome), "has not ended");
        Status status;
        while ((status = Api.Next(generation, &piece)) == Status.Ok)
        {
            if (piece.Token >= 0) tokens.Add(piece.Token);
            text += Encoding.UTF8.GetString(piece.Text, (int)piece.TextLength);
        }
        Assert.Equal(Status.End, status);
        Assert.Equal(Status.End, Api.Next(generation, &piece));
        var expected = Managed(null);
        Assert.Equal(expected.Ids, tokens);
        Assert.Equal(expected.Text, text);
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, Outcome*, Status>)&PullExports.GetOutcome)(generation, &outcome));
        Assert.Equal(expected.Ids.Count, outcome.NewTokens);
        Api.Ok(Api.FreeGeneration(generation));
    }

    [Fact]
    public void A_pulled_answer_that_failed_has_no_outcome_and_says_why_instead_of_asking_for_more_pieces()
    {
        Api.Ok(Api.Start(_model, [1, 1_000_000], null, out nint generation));
        var (piece, outcome) = (Api.Sized<Piece>(), Api.Sized<Outcome>());
        for (int i = 0; i < 2; i++) Api.Fails(Status.Argument, Api.Next(generation, &piece), "1000000");
        Api.Fails(Status.State, ((delegate* unmanaged[Cdecl]<nint, Outcome*, Status>)&PullExports.GetOutcome)(generation, &outcome), "Token id 1000000");
        Api.Ok(Api.FreeGeneration(generation));
    }

    [Fact]
    public void A_strength_set_between_two_pulled_pieces_acts_from_the_next_token_on_as_in_the_managed_api()
    {
        nint vector = Api.LoadVector(), steering = Api.Steer(vector, 0);
        var options = Api.Sized<GenerateOptions>();
        (options.Steering, options.MaxTokens, options.IgnoreEnd) = (steering, 12, 1);
        Api.Ok(Api.Start(_model, Api.Encode(_model, Prompt), &options, out nint generation));
        var pulled = new List<int>();
        var piece = Api.Sized<Piece>();
        while (Api.Next(generation, &piece) == Status.Ok)
        {
            if (piece.Token >= 0) pulled.Add(piece.Token);
            Api.Ok(Api.SetStrength(steering, pulled.Count % 2 == 0 ? 0 : 3));
        }
        using var model = SteerableModel.Open(Repository.DefaultModel);
        var live = new LiveSteering(SteeringVector.Load(Api.Vector).At(0));
        int seen = 0;
        var expected = model.Complete(model.EncodePrompt(Prompt), new GenerationOptions { Live = live, MaxTokens = 12, IgnoreEnd = true }, _ =>
        {
            live.Strength = Strength.Absolute(++seen % 2 == 0 ? 0 : 3);
            return true;
        });
        Assert.Equal(expected.Ids, pulled);
        Api.Ok(Api.FreeGeneration(generation));
        Api.FreeSteering(steering);
        Api.FreeVector(vector);
    }

    [Fact]
    public void A_callback_that_asks_to_stop_ends_the_answer_with_its_outcome()
    {
        var (status, heard, outcome) = Tell(null, _ => 1);
        Api.Fails(Status.Aborted, status, "after 1 tokens");
        Assert.Single(heard.Tokens);
        Assert.Equal(((int)StopReason.Caller, 1), (outcome.Stop, outcome.NewTokens));
    }

    [Fact]
    public void A_callback_may_call_the_same_model_again()
    {
        var inner = new List<int[]>();
        nint model = _model;
        var (status, heard, _) = Tell(null, _ =>
        {
            var outcome = Api.Sized<Outcome>();
            var again = Api.Generate(model, Api.Encode(model, Prompt), null, null, null, &outcome);
            inner.Add([(int)again, outcome.NewTokens]);
            return 0;
        });
        Api.Ok(status);
        Assert.All(inner, x => Assert.Equal([0, heard.Tokens.Count], x));
    }

    [Fact]
    public void A_model_freed_in_its_own_callback_finishes_the_answer_and_is_dead_for_others()
    {
        nint model = Api.OpenDefault();
        int[] ids = Api.Encode(model, Prompt);
        var heard = new Heard();
        Status inside = Status.Ok;
        heard.Then = () =>
        {
            inside = Api.FreeModel(model);
            heard.Then = null;
            return 0;
        };
        var pin = GCHandle.Alloc(heard);
        Api.Ok(Api.Generate(model, ids, null, &Hear, (void*)GCHandle.ToIntPtr(pin), null));
        pin.Free();
        Assert.Equal(Status.Ok, inside);
        Assert.Equal(Managed(null).Ids, heard.Tokens);
        Api.Fails(Status.Handle, Api.Generate(model, ids, null, null, null, null), "was freed");
    }

    [Fact]
    public void A_cancel_request_ends_told_and_pulled_answers()
    {
        nint made = 0;
        Api.Ok(((delegate* unmanaged[Cdecl]<nint*, Status>)&CancelExports.Create)(&made));
        nint cancel = made;
        var options = Api.Sized<GenerateOptions>();
        (options.Cancel, options.IgnoreEnd) = (cancel, 1);
        Api.Ok(Api.Start(_model, Api.Encode(_model, Prompt), &options, out nint generation));
        var piece = Api.Sized<Piece>();
        Api.Ok(Api.Next(generation, &piece));
        var (status, heard, _) = Tell(&options, x => x.Tokens.Count == 3 ? (int)((delegate* unmanaged[Cdecl]<nint, Status>)&CancelExports.Request)(cancel) : 0);
        Assert.Equal(Status.Cancelled, status);
        Assert.Equal(3, heard.Tokens.Count);
        Assert.Equal(Status.Cancelled, Api.Next(generation, &piece));
        Assert.Equal(Status.Cancelled, Api.Next(generation, &piece));
        Api.Ok(Api.FreeGeneration(generation));
        Api.Ok(((delegate* unmanaged[Cdecl]<nint, Status>)&CancelExports.Free)(cancel));
    }

    [Fact]
    public void A_pulled_answer_that_is_freed_half_way_ends_its_thread_and_keeps_the_model_until_then()
    {
        nint model = Api.OpenDefault();
        var options = Api.Sized<GenerateOptions>();
        options.IgnoreEnd = 1;
        Api.Ok(Api.Start(model, Api.Encode(model, Prompt), &options, out nint generation));
        Api.Ok(Api.FreeModel(model));
        var piece = Api.Sized<Piece>();
        for (int i = 0; i < 3; i++) Api.Ok(Api.Next(generation, &piece));
        Api.Ok(Api.FreeGeneration(generation));
        Api.Fails(Status.Handle, Api.Next(generation, &piece), "was freed");
    }
}
