using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>
/// roast_generation: an answer that is computed one token at a time, as the caller asks for the next. The decode loop waits on
/// a thread of its own, in step with the caller, so a strength that is set between two pieces acts from the next one on.
/// </summary>
internal sealed unsafe class PulledAnswer : IDisposable
{
    readonly Lease<NativeModel> _model;
    readonly CancellationTokenSource _leaving;
    readonly SemaphoreSlim _wanted = new(0), _ready = new(0);
    readonly Lock _next = new();
    readonly Thread _thread;
    byte[] _text = GC.AllocateArray<byte>(64, pinned: true);
    AnswerPiece _piece;
    Generation? _answer;
    ExceptionDispatchInfo? _failure;
    volatile bool _ended;

    public PulledAnswer(Lease<NativeModel> model, int[] ids, GenerationOptions options, CancellationToken cancel)
    {
        (_model, _leaving) = (model, CancellationTokenSource.CreateLinkedTokenSource(cancel));
        _thread = new Thread(() => Run(ids, options)) { IsBackground = true, Name = "roast_generation" };
        _thread.Start();
    }

    /// <summary>The finished answer.</summary>
    /// <exception cref="StatusException"><see cref="Status.State"/>: there are pieces left, or there is no answer.</exception>
    public Generation Answer => _answer ?? throw new StatusException(Status.State, _failure is { } failure
        ? $"There is no answer: {failure.SourceException.Message}"
        : "The answer has not ended. Call roast_generation_next until it returns ROAST_END.");

    /// <summary>Computes the next piece; <c>false</c>: the answer has ended. Its text is valid until the next call.</summary>
    public bool Next(out Piece piece)
    {
        lock (_next)
        {
            piece = default;
            if (!_ended)
            {
                _wanted.Release();
                _ready.Wait();
            }
            _failure?.Throw();
            if (_ended) return false;
            int length = Encoding.UTF8.GetByteCount(_piece.Text);
            if (_text.Length <= length) _text = GC.AllocateArray<byte>(length * 2 + 1, pinned: true);
            Encoding.UTF8.GetBytes(_piece.Text, _text);
            _text[length] = 0;
            piece = new Piece { Token = _piece.Token ?? -1, Text = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_text)), TextLength = (nuint)length };
            return true;
        }
    }

    void Run(int[] ids, GenerationOptions options)
    {
        try
        {
            _wanted.Wait(_leaving.Token);
            _answer = _model.Value.Model.Complete(ids, options, piece =>
            {
                _piece = piece;
                _ready.Release();
                _wanted.Wait(_leaving.Token);
                return true;
            }, _leaving.Token);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);     // thrown again to whoever asks for a piece
        }
        _ended = true;
        _ready.Release();
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _thread.Join();
        _model.Dispose();
        _leaving.Dispose();
    }
}
