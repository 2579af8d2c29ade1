using System.Threading.Channels;
using Roast.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using Line = Spectre.Console.Text;

namespace Roast.Samples.Chat;

/// <summary>The chat in a terminal. Keys and pieces of text come from other threads as small actions; one loop runs them and redraws.</summary>
sealed class LiveChat(Conversation conversation, Slider slider)
{
    const int TurnsShown = 16;
    static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(15);

    readonly Channel<Func<bool>> _events = Channel.CreateUnbounded<Func<bool>>();     // false ends the program
    string _input = "", _answer = "", _notice = "";
    CancellationTokenSource? _answering;

    /// <summary>Runs until Escape is pressed while nothing is written.</summary>
    public async Task RunAsync()
    {
        using var end = new CancellationTokenSource();
        var keys = Task.Run(() => ReadKeys(end.Token));
        await AnsiConsole.Live(Screen()).StartAsync(async live =>
        {
            await foreach (var happen in _events.Reader.ReadAllAsync())
            {
                if (!happen()) break;
                live.UpdateTarget(Screen());
            }
        });
        await end.CancelAsync();
        await keys;
    }

    async Task ReadKeys(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            if (!Console.KeyAvailable) await Task.Delay(KeyPause, CancellationToken.None);
            else
            {
                var key = Console.ReadKey(intercept: true);
                _events.Writer.TryWrite(() => Press(key));
            }
    }

    bool Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: slider.Move(-1); break;
            case ConsoleKey.RightArrow: slider.Move(1); break;
            case ConsoleKey.Escape when _answering is null: return false;
            case ConsoleKey.Escape: _answering.Cancel(); break;
            case ConsoleKey.Backspace: _input = _input.Length > 0 ? _input[..^1] : ""; break;
            case ConsoleKey.Delete when _answering is null: conversation.Clear(); break;
            case ConsoleKey.Enter when _answering is null && _input.Length > 0:
                _answering = new CancellationTokenSource();
                var pieces = conversation.AskAsync(_input, _answering.Token);
                _ = Task.Run(() => WriteAsync(pieces));
                (_input, _notice) = ("", "");
                break;
            default:
                if (!char.IsControl(key.KeyChar)) _input += key.KeyChar;
                break;
        }
        return true;
    }

    async Task WriteAsync(IAsyncEnumerable<string> pieces)
    {
        string notice = "";
        try
        {
            await foreach (string piece in pieces) Post(() => _answer += piece);
        }
        catch (OperationCanceledException) { notice = "stopped"; }
        catch (RoastException e) { notice = e.Message; }
        Post(() => (_answer, _notice, _answering) = ("", notice, null));
    }

    void Post(Action change) => _events.Writer.TryWrite(() =>
    {
        change();
        return true;
    });

    IRenderable Screen()
    {
        // The answer that is being written becomes a turn when it ends, perhaps before its last piece is told.
        var turns = conversation.Turns is not [.., { Role: "user" }] ? conversation.Turns : conversation.Turns.Append(new ChatMessage("assistant", _answer));
        var lines = turns.TakeLast(TurnsShown).Select(turn => (IRenderable)(turn.Role == "user" ? new Line($"you    {turn.Content}", new Style(Color.Grey)) : new Line($"model  {turn.Content}")));
        return new Rows(lines.Concat([
            new Rule(),
            new Line($"strength {slider}   left, right: steer   Del: new   Esc: {(_answering is null ? "quit" : "stop")}   {_notice}"),
            new Line($"> {_input}"),
        ]));
    }
}
