using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// Ports of shape [width], one vector for all rows. At the residual they are the bias of the norm that adds the block:
/// no node, no pass over memory. Where that place is taken or would escape a tap, an Add does the same.
/// </summary>
internal static class SharedPorts
{
    const int BiasInput = 3;

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
            if (point.Site == Site.MlpAct || graph.NormAdding(point) is not { } norm) { graph.AddBehind(point); continue; }
            // The bias is added inside the norm, behind the value that a tap of attn_out or mlp_out shows.
            bool tapMisses = point.Site != Site.ResidPost && plan.Taps.Contains(point);
            if (norm.Input.At(BiasInput).Length == 0 && !tapMisses) norm.SetInput(BiasInput, GraphNames.Port(point));
            else if (point.Site == Site.ResidPost) graph.AddInFront(norm, point);
            else graph.AddBehind(point);
        }
    }
}
