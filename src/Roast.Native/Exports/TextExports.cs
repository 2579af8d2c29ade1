using Roast.Text;

namespace Roast.Native;

/// <summary>Text to token ids and back.</summary>
internal static unsafe class TextExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_tokenize", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Tokenize(nint model, byte* text, nuint length, int* ids, nuint capacity, nuint* count)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            Arrays.Write<int>(lease.Value.Model.EncodeText(Text8.Read(text, length, "text")), ids, capacity, count);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_encode_prompt", CallConvs = [typeof(CallConvCdecl)])]
    public static Status EncodePrompt(nint model, byte* text, nuint length, int* ids, nuint capacity, nuint* count)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            Arrays.Write<int>(lease.Value.Model.EncodePrompt(Text8.Read(text, length, "text")), ids, capacity, count);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_encode_chat", CallConvs = [typeof(CallConvCdecl)])]
    public static Status EncodeChat(nint model, Message* messages, nuint messageCount, int* ids, nuint capacity, nuint* count)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            var turns = new ChatMessage[Arrays.Count(messages, messageCount, "messages")];
            for (int i = 0; i < turns.Length; i++) turns[i] = new ChatMessage(Text8.Read(messages[i].Role, "role"), Text8.Read(messages[i].Content, "content"));
            Arrays.Write<int>(lease.Value.Model.EncodeChat(turns), ids, capacity, count);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_detokenize", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Detokenize(nint model, int* ids, nuint count, int keepSpecial, byte* text, nuint capacity, nuint* length)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            var tokenizer = lease.Value.Model.Tokenizer ?? throw new RoastException(RoastError.Unsupported, $"{lease.Value.Model.FullPath}: has no tokenizer that is known, so ids have no text.");
            Text8.Write(tokenizer.Decode(new ReadOnlySpan<int>(ids, Arrays.Count(ids, count, "ids")), skipSpecial: keepSpecial == 0), text, capacity, length);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
