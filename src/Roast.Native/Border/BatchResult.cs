using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_batch: finished answers, in memory that does not move while the handle lives.</summary>
internal sealed unsafe class BatchResult
{
    readonly (int[] Ids, byte[] Text, Generation Answer)[] _answers;

    public BatchResult(IReadOnlyList<Generation> answers)
    {
        _answers = new (int[], byte[], Generation)[answers.Count];
        for (int i = 0; i < answers.Count; i++)
        {
            var ids = GC.AllocateUninitializedArray<int>(answers[i].Ids.Count, pinned: true);
            for (int j = 0; j < ids.Length; j++) ids[j] = answers[i].Ids[j];
            string text = answers[i].Text ?? "";
            var bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
            Encoding.UTF8.GetBytes(text, bytes);
            _answers[i] = (ids, bytes, answers[i]);
        }
    }

    public int Count => _answers.Length;

    public Answer this[nuint index]
    {
        get
        {
            if (index >= (nuint)_answers.Length) throw new StatusException(Status.Argument, $"index is {index}; the batch has {_answers.Length} answers.");
            var (ids, text, answer) = _answers[index];
            return new Answer
            {
                StructSize = (nuint)Unsafe.SizeOf<Answer>(),
                Stop = (int)answer.Stop,
                PromptTokens = answer.PromptIds.Count,
                Ids = ids.Length == 0 ? null : (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(ids)),
                IdCount = (nuint)ids.Length,
                Text = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(text)),
                TextLength = (nuint)text.Length - 1,
            };
        }
    }
}
