using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// Ports of shape [width], one vector for all rows. At the residual they are the bias of the norm that adds the block:
/// no node, no pass over memory. Where that place is taken or would escape a tap, an Add does the same.
/// </summary>
internal static class SharedPorts
{
    public static void Apply(EditableGraph graph, Plan plan)
    {
        foreach (var point in plan.Ports)
        {
            int width = graph.Shape.Width(point.Site);
            graph.DeclarePort(point, [width], [width]);
        }
        // resid_post first: nothing but the bias (or an Add in front of the norm) can steer it, while mlp_out has a choice.
        foreach (var point in plan.Ports.OrderBy(point => point.Site == Site.ResidPost ? 0 : 1))
        {
            // mlp_act goes into no norm; where a norm of its own follows a module, or an Add makes the residual, there is none either.
            if (graph.NormAdding(point) is not { } norm) { graph.AddBehind(point); continue; }
            int bias = norm.OpType == "SkipLayerNormalization" ? 4 : 3;
            // The bias is added inside the norm, behind the value that a tap of attn_out or mlp_out shows.
            bool escapes = point.Site != Site.ResidPost && (plan.Taps.Contains(point) || graph.CountUses(point) > 1);
            if (norm.Input.At(bias).Length == 0 && !escapes) norm.SetInput(bias, GraphNames.Port(point));
            else if (point.Site == Site.ResidPost) graph.AddInFront(norm, point);
            else graph.AddBehind(point);
        }
    }
}
