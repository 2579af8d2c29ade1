using System.Reflection;
using System.Runtime.InteropServices;
using Roast.Native;

namespace Roast.Tests.Native;

/// <summary>The structs of both sides, as sizes and offsets.</summary>
internal static class Layouts
{
    static readonly Dictionary<string, Type> Twins = new()
    {
        ["roast_device_info"] = typeof(DeviceInfo), ["roast_open_options"] = typeof(OpenOptions), ["roast_model_info"] = typeof(ModelInfo),
        ["roast_message"] = typeof(Message), ["roast_vector_info"] = typeof(VectorInfo), ["roast_steering_options"] = typeof(SteeringOptions),
        ["roast_generate_options"] = typeof(GenerateOptions), ["roast_piece"] = typeof(Piece), ["roast_outcome"] = typeof(Outcome),
        ["roast_row"] = typeof(RowInput), ["roast_answer"] = typeof(Answer), ["roast_progress"] = typeof(Progress),
        ["roast_fit_options"] = typeof(FitOptions), ["roast_pair"] = typeof(Pair), ["roast_point_values"] = typeof(PointValues),
    };

    /// <summary>"roast_pair 24: prompt@0 right@8 wrong@16", from the C# structs and the header's names.</summary>
    public static IReadOnlyList<string> Managed() => [.. Header.Structs.Select(x =>
    {
        var type = Twins[x.Name];
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken).ToArray();
        return $"{x.Name} {Marshal.SizeOf(type)}: " + string.Join(' ', fields.Select((field, i) => $"{(i < x.Fields.Length ? x.Fields[i].Name : "?")}@{Marshal.OffsetOf(type, field.Name)}"));
    })];

    /// <summary>The same lines, printed by a C program that this makes.</summary>
    public static string CProgram() => "#include <stdio.h>\n#include \"roast.h\"\nint main(void) {\n" + string.Concat(Header.Structs.Select(x =>
        $"    printf(\"{x.Name} %zu:\", sizeof({x.Name}));\n" + string.Concat(x.Fields.Select(f => $"    printf(\" {f.Name}@%zu\", offsetof({x.Name}, {f.Name}));\n")) + "    printf(\"\\n\");\n")) + "    return 0;\n}\n";
}
