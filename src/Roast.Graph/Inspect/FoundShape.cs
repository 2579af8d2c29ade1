using Roast.Graph.Export;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>The shape of a model whose graph another tool wrote: from the graph itself, compared with what the config files beside it say.</summary>
internal sealed class FoundShape
{
    readonly GraphIndex _index;
    readonly FoundDecoder _found;
    readonly IReadOnlyList<StatedSizes> _stated;
    readonly string _file;

    FoundShape(GraphIndex index, FoundDecoder found, IReadOnlyList<StatedSizes> stated, string file) => (_index, _found, _stated, _file) = (index, found, stated, file);

    /// <summary>Reads the shape.</summary>
    /// <exception cref="RoastException">BadFile: graph and config disagree, or blocks among themselves. Unsupported: a size that neither says.</exception>
    public static ModelShape Read(GraphIndex index, FoundDecoder found, string folder, string file)
    {
        var stated = StatedSizes.Read(folder);
        return new FoundShape(index, found, stated, file).Read() with { EndTokenIds = StatedSizes.ReadEndTokens(folder, stated) };
    }

    ModelShape Read()
    {
        var first = _found.Blocks[0];
        var keys = _index.Graph.Input.FirstOrDefault(input => input.Name == GraphNames.PastKey(0))?.Type?.TensorType?.Shape;
        int hidden = Size("hidden size", Same(block => block.DownProjection, sizes => sizes.Outputs), x => x.HiddenSize, DecoderConfig.MaxWidth);
        int? attended = Same(block => block.OutProjection, sizes => sizes.Inputs);
        int? askedHeads = Attribute(first.Attention, "num_heads"), keyHeads = Attribute(first.Attention, "kv_num_heads") ?? Fixed(keys, 1);
        int? headSize = Fixed(keys, 3) ?? (attended is { } width && askedHeads is { } n && width % n == 0 ? width / n : null);
        int head = Size("head size", headSize, x => x.HeadSize, DecoderConfig.MaxHeadSize);
        int heads = Size("number of heads", askedHeads ?? (attended is { } all && all % head == 0 ? all / head : null), x => x.Heads, DecoderConfig.MaxHeads);
        int keyValueHeads = Size("number of key-value heads", keyHeads, x => x.KeyValueHeads, DecoderConfig.MaxHeads);
        if (attended is { } given && given != (long)heads * head)
            throw Bad($"attention gives {heads} heads of {head}, but its output projection takes {given} values");
        if (heads % keyValueHeads != 0) throw Bad($"{keyValueHeads} key-value heads do not divide {heads} heads");
        return new ModelShape
        {
            Family = _stated.Select(x => x.Family).FirstOrDefault(family => family is not null) ?? "unknown",
            Layers = Size("number of layers", _found.Blocks.Count, x => x.Layers, DecoderConfig.MaxLayers),
            HiddenSize = hidden,
            IntermediateSize = Size("intermediate size", Same(block => block.DownProjection, sizes => sizes.Inputs), x => x.IntermediateSize, DecoderConfig.MaxWidth),
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            HeadSize = head,
            // The logits' own width counts: a config may round it.
            VocabularySize = Vocabulary() ?? Size("vocabulary", null, x => x.Vocabulary, DecoderConfig.MaxVocabulary),
            MaxPositions = Context(first.Attention),
            NormEpsilon = _index.Graph.Node.Select(node => node.Find("epsilon")).FirstOrDefault(epsilon => epsilon is not null)?.F ?? 0,
            // The graph brings its rotation along, as a table or as nodes: nothing here computes one from this.
            Rotation = new Rotation { Theta = _stated.Select(x => x.RopeTheta).FirstOrDefault(theta => theta is not null) ?? 0 },
            Windows = _found.Blocks.Any(block => Attribute(block.Attention, "local_window_size") is not null) ? [.. _found.Blocks.Select(block => Attribute(block.Attention, "local_window_size"))] : [],
            TiedHead = _stated.Select(x => x.TiedHead).FirstOrDefault(tied => tied is not null) ?? false,
        };
    }

    /// <summary>A size that graph and config must agree on.</summary>
    int Size(string what, int? found, Func<StatedSizes, int?> stated, int most)
    {
        foreach (var source in _stated)
        {
            if (stated(source) is not { } said) continue;
            if (found is { } size && size != said) throw Bad($"its {what} is {size}, but {source.File} says {said}");
            found ??= said;
        }
        if (found is not { } value) throw new RoastException(RoastError.Unsupported, $"{_file}: neither the graph nor a config.json or {StatedSizes.GenAIFile} beside it says the {what}. Put the model's config.json into the folder.");
        return value >= 1 && value <= most ? value : throw Bad($"its {what} is {value}; expected 1 to {most}");
    }

    /// <summary>A width that all blocks share; <c>null</c> where the graph does not say it.</summary>
    int? Same(Func<FoundBlock, NodeProto> product, Func<(long Inputs, long Outputs), long> side)
    {
        int? width = null;
        foreach (var block in _found.Blocks)
        {
            if (Products.Sizes(_index, product(block)) is not { } sizes) continue;
            if (side(sizes) is < 1 or > int.MaxValue) throw Bad($"the product '{product(block).Name}' is {sizes.Inputs} x {sizes.Outputs}");
            if (width is { } before && side(sizes) != before) throw Bad($"the product '{product(block).Name}' is {sizes.Inputs} x {sizes.Outputs}, in another block one side is {before}");
            width = (int)side(sizes);
        }
        return width;
    }

    int? Vocabulary()
    {
        var logits = _index.Graph.Output.First(output => output.Name == GraphNames.Logits);
        if (Fixed(logits.Type.TensorType.Shape, 2) is { } size) return size;
        return Products.Behind(_index, GraphNames.Logits) is { } head && Products.Sizes(_index, head) is { Outputs: > 0 and <= DecoderConfig.MaxVocabulary } sizes ? (int)sizes.Outputs : null;
    }

    /// <summary>Rows of the rotation table bound the context, whatever the config says.</summary>
    int Context(NodeProto attention)
    {
        int? rows = attention.OpType == "GroupQueryAttention" && _index.Dimensions(attention.Input.At(7)) is [var positions, _] && positions is > 0 and <= DecoderConfig.MaxContext ? (int)positions : null;
        int? said = _stated.Select(x => x.Context).FirstOrDefault(context => context is not null);
        return rows is { } a && said is { } b ? Math.Min(a, b) : Size("context length", rows ?? said, _ => null, DecoderConfig.MaxContext);
    }

    static int? Attribute(NodeProto node, string name) => node.Find(name)?.I is > 0 and <= int.MaxValue and var value ? (int)value : null;

    static int? Fixed(TensorShapeProto? shape, int axis) =>
        shape is not null && axis < shape.Dim.Count && shape.Dim[axis] is { ValueCase: TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue, DimValue: > 0 and <= int.MaxValue } dimension ? (int)dimension.DimValue : null;

    RoastException Bad(string why) => new(RoastError.BadFile, $"{_file}: {why}. The graph and its config do not belong together, or the graph is damaged: export it again.");
}
