using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Graph;

/// <summary>What ports and taps do to each other, on the default model.</summary>
public class PortTests
{
    static readonly long[] Ids = [273, 258, 198, 16, 24, 21, 10, 17, 15, 20, 28, 274, 198, 273, 266, 198];
    static readonly ModelGraph Graph = ModelGraph.FromHuggingFace(Repository.DefaultModel);

    public static TheoryData<PortForm, bool> FormsWithAndWithoutTaps => new() { { PortForm.Shared, false }, { PortForm.Shared, true }, { PortForm.PerRow, false }, { PortForm.PerRow, true } };

    [Theory, MemberData(nameof(FormsWithAndWithoutTaps))]
    public void Ports_everywhere_that_are_left_at_zero_change_no_bit(PortForm form, bool tapped)
    {
        using var plain = new PlanSession(Graph, new Plan { Logits = LogitPositions.All });
        using var ported = new PlanSession(Graph, new Plan { Ports = [.. Graph.Points], PortForm = form, Taps = tapped ? [.. Graph.Points] : [], Logits = LogitPositions.All });
        Assert.Equal(Graph.Points.Count, ported.Overridable.Count);
        var (expected, actual) = (plain.Run(Ids), ported.Run(Ids));
        Near.SameBits(expected.Logits, actual.Logits, "logits");
        for (int layer = 0; layer < Graph.Shape.Layers; layer++) Near.SameBits(expected[GraphNames.PresentKey(layer)], actual[GraphNames.PresentKey(layer)], $"keys of layer {layer}");
    }

    public static TheoryData<string> Families => [.. TinyRandom.TinyModel.All];

    [Theory, MemberData(nameof(Families))]
    public void Ports_at_zero_change_no_bit_in_any_family(string model)
    {
        var graph = ModelGraph.FromHuggingFace(SharedData.Require("models", "tiny-random", model));
        using var plain = new PlanSession(graph, Plan.Empty);
        foreach (var form in Enum.GetValues<PortForm>())
        {
            using var ported = new PlanSession(graph, new Plan { Ports = graph.Points, PortForm = form });
            Near.SameBits(plain.Run(Ids).Logits, ported.Run(Ids).Logits, $"{model}, {form}");
        }
    }

    public static TheoryData<PortForm, Site> FormsAndSites
    {
        get
        {
            var data = new TheoryData<PortForm, Site>();
            foreach (var form in Enum.GetValues<PortForm>()) foreach (var site in Sites.All) data.Add(form, site);
            return data;
        }
    }

    [Theory, MemberData(nameof(FormsAndSites))]
    public void A_tap_shows_its_own_port_added_and_earlier_taps_are_untouched(PortForm form, Site site)
    {
        using var plain = new PlanSession(Graph, new Plan { Taps = [.. Graph.Points] });
        using var ported = new PlanSession(Graph, new Plan { Taps = [.. Graph.Points], Ports = [.. Graph.Points], PortForm = form });
        for (int layer = 0; layer < Graph.Shape.Layers; layer++)
        {
            var point = new Point(site, layer);
            float[] vector = Vector(point);
            int width = vector.Length;
            var (before, after) = (plain.Run(Ids), ported.Run(Ids, ports: new Dictionary<Point, float[]> { [point] = vector }));
            float[] expected = [.. before.Tap(point).Select((x, i) => x + vector[i % width])];
            Near.Equal(expected, after.Tap(point), Tolerance.OneRounding, $"{form} {point}");
            // Equal and not same bits: -0 plus a port's zero is +0.
            foreach (var earlier in Graph.Points.Where(p => IsEarlier(p, point))) Near.Equal(before.Tap(earlier), after.Tap(earlier), 0, $"{form} {point}: {earlier}");
            Assert.NotEqual(before.Logits, after.Logits);
        }
    }

    [Fact]
    public void Both_forms_with_all_points_steered_at_once_agree()
    {
        var ports = Graph.Points.ToDictionary(point => point, Vector);
        using var shared = new PlanSession(Graph, new Plan { Ports = [.. Graph.Points] });
        using var perRow = new PlanSession(Graph, new Plan { Ports = [.. Graph.Points], PortForm = PortForm.PerRow });
        using var plain = new PlanSession(Graph, Plan.Empty);
        float[] expected = shared.Run(Ids, ports: ports).Logits;
        Near.Equal(expected, perRow.Run(Ids, ports: ports).Logits, Tolerance.SameGraphOtherShape);
        Assert.NotEqual(plain.Run(Ids).Logits, expected);
    }

    [Fact]
    public void One_vector_in_the_per_row_form_serves_all_rows()
    {
        var point = new Point(Site.AttnOut, 1);
        using var session = new PlanSession(Graph, new Plan { Ports = [point], PortForm = PortForm.PerRow });
        float[] one = Vector(point);
        Near.SameBits(session.Run([.. Ids, .. Ids], rows: 2, ports: new Dictionary<Point, float[]> { [point] = [.. one, .. one] }).Logits,
            session.Run([.. Ids, .. Ids], rows: 2, ports: new Dictionary<Point, float[]> { [point] = one }).Logits);
    }

    // The order within a block: attn_out, mlp_act, mlp_out, resid_post.
    static bool IsEarlier(Point a, Point b) => a.Layer < b.Layer || (a.Layer == b.Layer && Order(a.Site) < Order(b.Site));

    static int Order(Site site) => site switch { Site.AttnOut => 0, Site.MlpAct => 1, Site.MlpOut => 2, _ => 3 };

    static float[] Vector(Point point)
    {
        var random = new Random(100 * point.Layer + (int)point.Site);
        return [.. Enumerable.Range(0, Graph.Shape.Width(point.Site)).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
