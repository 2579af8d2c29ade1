using System.Globalization;

namespace Roast.Formats;

/// <summary>The PyTorch module paths that ORBIT names directions by: <c>model.layers.3.mlp.act_fn</c> is <c>mlp_act.3</c>.</summary>
static class OrbitNames
{
    const string Layers = "model.layers.";

    static readonly (string End, Site Site)[] Modules = [(".mlp.act_fn", Site.MlpAct), (".self_attn.o_proj", Site.AttnOut), (".mlp", Site.MlpOut), (".mlp.down_proj", Site.MlpOut), ("", Site.ResidPost)];

    /// <summary>The point of a module; <c>false</c> where the module is none of those above.</summary>
    internal static bool TryParse(string name, out Point point)
    {
        point = default;
        if (!name.StartsWith(Layers, StringComparison.Ordinal)) return false;
        var rest = name.AsSpan(Layers.Length);
        int dot = rest.IndexOf('.');
        var digits = dot < 0 ? rest : rest[..dot];
        var end = dot < 0 ? [] : rest[dot..];
        if (digits.ContainsAnyExceptInRange('0', '9') || digits.Length > 1 && digits[0] == '0' || !NumberText.TryParse(digits, NumberStyles.None, out int layer) || layer > Point.MaxLayer) return false;
        foreach (var (module, site) in Modules)
            if (end.SequenceEqual(module)) { point = new Point(site, layer); return true; }
        return false;
    }

    /// <summary>The module of a point.</summary>
    internal static string Of(Point point) => Layers + point.Layer.ToString(CultureInfo.InvariantCulture) + Modules.First(module => module.Site == point.Site).End;
}
