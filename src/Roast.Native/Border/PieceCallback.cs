using System.Runtime.CompilerServices;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>Hands pieces to C on the calling thread, before the next token is computed.</summary>
internal sealed unsafe class PieceCallback(delegate* unmanaged[Cdecl]<void*, Piece*, int> function, void* user)
{
    readonly delegate* unmanaged[Cdecl]<void*, Piece*, int> _function = function;
    readonly void* _user = user;

    /// <summary>Whether the callback asked to stop at least once.</summary>
    public bool Stopped { get; private set; }

    public bool Call(int row, AnswerPiece piece)
    {
        using var text = new Utf8Copy(piece.Text);
        var native = new Piece { StructSize = (nuint)Unsafe.SizeOf<Piece>(), Token = piece.Token ?? -1, Row = row, Text = text.Bytes, TextLength = text.Length };
        if (_function(_user, &native) == 0) return true;
        Stopped = true;
        return false;
    }
}
