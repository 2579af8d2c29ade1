namespace Roast.Graph.Rewrite;

/// <summary>Ports of shape [rows or 1, 1, width]: each row has its own vector, the same at every position of the run. One Add each.</summary>
internal static class PerRowPorts
{
    public static void Apply(EditableGraph graph, Plan plan)
    {
        foreach (var point in plan.Ports)
        {
            int width = graph.Shape.Width(point.Site);
            graph.DeclarePort(point, ["port_rows", 1, width], [1, 1, width]);
        }
        // mlp_out before resid_post: the latter's Add goes between mlp_out and the norm, where a tap of mlp_out does not see it.
        foreach (var point in plan.Ports.OrderBy(point => point.Site == Site.ResidPost ? 1 : 0))
        {
            if (point.Site == Site.ResidPost && graph.NormAdding(point) is { } norm) graph.AddInFront(norm, point);
            else graph.AddBehind(point);
        }
    }
}
