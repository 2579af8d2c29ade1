using Roast;
using Roast.Onnx;
using Roast.Samples.Chat;

// Roast.Samples.Chat [MODEL [VECTOR]]: a conversation with a strength slider.
string carried = Path.Combine(AppContext.BaseDirectory, "two-annotators");
if (args.Length > 2)
{
    Console.Error.WriteLine($"expected at most a model and a vector, found {args.Length} arguments.");
    return 2;
}
try
{
    using var model = SteerableModel.Open(args.Length > 0 ? args[0] : carried);
    var vector = SteeringVector.Import(args.Length > 1 ? args[1] : Path.Combine(carried, "careful.safetensors")).Vector;
    foreach (string doubt in model.Check(vector)) Console.Error.WriteLine($"note: {doubt}");
    var slider = new Slider(vector);
    var conversation = new Conversation(model, slider.Live);
    if (Console.IsInputRedirected || Console.IsOutputRedirected) await PlainChat.RunAsync(conversation, slider, Console.In, Console.Out);
    else await new LiveChat(conversation, slider).RunAsync();
    return 0;
}
catch (RoastException e)
{
    Console.Error.WriteLine(e.Message);
    return (int)e.Kind;
}
