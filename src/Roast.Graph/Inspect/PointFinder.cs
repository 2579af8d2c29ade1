using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>
/// Finds the points of a decoder graph by its structure: along the residual, a block is what attention adds and then what
/// the MLP adds. Names count for the inputs and outputs only, so graphs of the GenAI builder and of Hugging Face's
/// exporters, fused or not, are read alike. What is not found is an error that says what was.
/// </summary>
internal sealed class PointFinder
{
    const int MostNeighbours = 4;                            // named in a message

    readonly GraphIndex _index;
    readonly string _file;
    readonly PointMap _points = new();
    readonly List<FoundBlock> _blocks = [];
    readonly HashSet<string> _residuals = [];

    PointFinder(GraphIndex index, string file) => (_index, _file) = (index, file);

    /// <summary>Finds all points. The last residual, which fused graphs do not show, is made an output of the norm that adds it.</summary>
    /// <param name="index">Of a graph whose nodes are sorted.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a part that is not where a decoder has it.</exception>
    public static FoundDecoder Find(GraphIndex index, string file) => new PointFinder(index, file).Find();

    FoundDecoder Find()
    {
        string residual = ResidualStream.Start(_index) ?? throw Missing($"no Gather looks rows of an embedding up by {GraphNames.InputIds}");
        int keys = _index.Graph.Input.Select(input => Cone.PastLayer(input.Name)).Where(layer => layer is not null).Distinct().Count();
        while (true)
        {
            _residuals.UnionWith(ResidualStream.Spread(_index, residual));
            if (ResidualStream.Next(_index, residual) is not { } attention) break;
            residual = ReadBlock(attention);
        }
        if (_blocks.Count == 0 || (keys > 0 && keys != _blocks.Count))
            throw Missing($"{(keys > 0 ? $"the inputs have keys and values of {keys} layers" : "a decoder has at least one block")}, but behind '{residual}' comes {Neighbours(residual)} and no further add to the residual");
        return new FoundDecoder(_points, _blocks);
    }

    /// <summary>Reads a block from the add of its attention on; returns the residual behind it.</summary>
    string ReadBlock(ResidualAdd attention)
    {
        int layer = _blocks.Count;
        var cone = Cone.Of(_index, attention.Addend, _residuals);
        if (cone.Attention is null) throw Missing($"in layer {layer} '{attention.Addend}' is added to the residual, but no attention (GroupQueryAttention, MultiHeadAttention, Softmax) is behind it");
        if (cone.KeyLayers.Any(other => other != layer)) throw Missing($"layer {layer} reads the keys of layer {cone.KeyLayers.First(other => other != layer)}");
        var outProjection = ReadModule(new Point(Site.AttnOut, layer), attention);
        _residuals.UnionWith(ResidualStream.Spread(_index, attention.Sum));

        var mlp = ResidualStream.Next(_index, attention.Sum) ?? throw Missing($"in layer {layer} no MLP is added to the residual: behind '{attention.Sum}' comes {Neighbours(attention.Sum)}");
        if (Cone.Of(_index, mlp.Addend, _residuals).Attention is { } second) throw Missing($"in layer {layer} the second add to the residual is attention again ('{second.Name}'), not the MLP");
        var downProjection = ReadModule(new Point(Site.MlpOut, layer), mlp);
        string projected = Products.InputOf(_index, downProjection);
        string act = Elementwise.ActivationBehind(_index, projected)
            ?? throw Missing($"in layer {layer} the product '{downProjection.Name}' takes '{projected}', made by {OperatorOf(projected)}; expected an activation function (Sigmoid, Gelu, QuickGelu, Tanh, ...), multiplied with 'up' or alone");
        Add(new Point(Site.MlpAct, layer), act);
        if (ResidualStream.IsSkipNorm(mlp.Node) && mlp.Node.Output.At(3).Length == 0) mlp.Node.SetOutput(3, mlp.Sum);
        Add(new Point(Site.ResidPost, layer), mlp.Sum);
        _blocks.Add(new FoundBlock(cone.Attention, outProjection, downProjection));
        return mlp.Sum;
    }

    /// <summary>From what is added back to what the module gave: in front of a norm, a scale and casts.</summary>
    NodeProto ReadModule(Point point, ResidualAdd add)
    {
        string value = _index.BehindCasts(add.Addend);
        for (string before = ""; before != value;)
        {
            before = value;
            if (Norms.InputOf(_index, value) is { } normed) value = _index.BehindCasts(normed);
            else if (_index.Maker(value) is { OpType: "Mul" } scale && scale.Input.Any(_index.IsScalar) && _index.OnlyVariable(scale) is { } scaled) value = _index.BehindCasts(scaled);
        }
        var product = Products.Behind(_index, value)
            ?? throw Missing($"in layer {point.Layer} the {(point.Site == Site.AttnOut ? "attention" : "MLP")} adds '{value}', made by {OperatorOf(value)}; expected a product ({Products.Known})");
        Add(point, value);
        return product;
    }

    void Add(Point point, string value)
    {
        // A tap renames its value, so it must be the point's own.
        if (_points.Points.FirstOrDefault(other => _points[other] == value, new Point(point.Site, -1)) is { Layer: >= 0 } taken)
            throw Missing($"'{value}' would be {point} and {taken} at once");
        if (_index.Graph.Output.Any(output => output.Name == value)) throw Missing($"'{value}', the value of {point}, is an output of the graph already");
        _points.Add(point, value);
    }

    string OperatorOf(string value) => _index.Maker(value) is { } maker ? $"{maker.OpType} '{maker.Name}'" : "no node";

    string Neighbours(string value)
    {
        var users = _index.Users(value);
        return users.Count == 0 ? "nothing" : string.Join(", ", users.Take(MostNeighbours).Select(node => $"{node.OpType} '{node.Name}'"));
    }

    RoastException Missing(string what)
    {
        string found = _points.Points.Count == 0 ? "Nothing was found before that."
            : $"Found before that: {string.Join(", ", _points.Points.GroupBy(point => point.Site).Select(site => site.Count() == 1 ? $"{site.First()}" : $"{site.First()}..{site.Last().Layer}"))}.";
        return new(RoastError.Unsupported, $"{_file}: the points of this graph cannot be found: {what}. {found} Open the model's Hugging Face folder instead, or export it with the ONNX Runtime GenAI builder.");
    }
}
