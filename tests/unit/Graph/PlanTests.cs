using Roast.Graph;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

/// <summary>The edits as data; what ONNX Runtime makes of them is in the integration tests.</summary>
public class PlanTests
{
    static readonly ModelGraph Graph = ModelGraph.FromHuggingFace(Repository.DefaultModel);

    [Fact]
    public void A_plan_gets_exactly_its_taps_and_ports()
    {
        var summary = Summary(new Plan { Taps = [new(Site.ResidPost, 1), new(Site.MlpAct, 0)], Ports = [new(Site.AttnOut, 3)] });
        Assert.Equal([new(Site.MlpAct, 0), new(Site.ResidPost, 1)], summary.Taps);
        Assert.Equal([new(Site.AttnOut, 3)], summary.Ports);
        Assert.Contains(summary.Outputs, output => output.ToString() == "roast.tap.mlp_act.0 float32 [batch_size, sequence_length, 256]");
        Assert.Contains(summary.Inputs, input => input.ToString() == "roast.port.attn_out.3 float32 [96]");
    }

    [Fact]
    public void The_empty_plan_has_lengths_for_a_mask_and_logits_of_the_positions_that_a_run_names()
    {
        var summary = Summary(Plan.Empty);
        Assert.Equal([GraphNames.InputIds, GraphNames.SeqLensK, GraphNames.TotalSequenceLength, GraphNames.PastKey(0), GraphNames.PastValue(0)], summary.Inputs.Take(5).Select(input => input.Name));
        Assert.DoesNotContain(summary.Inputs, input => input.Name == GraphNames.AttentionMask);
        Assert.Contains(summary.Inputs, input => input.ToString() == "roast.logit_indices int64 [logit_positions]");
        Assert.Equal(["logits float32 [batch_size, logit_positions, 275]"], summary.Outputs.Where(output => output.Name == GraphNames.Logits).Select(output => output.ToString()));
        Assert.False(summary.Nodes.ContainsKey("ReduceSum") || summary.Nodes.ContainsKey("Cast"), "The mask's subgraph is still there.");
        Assert.Equal(4L * 469888, summary.ExternalBytes);
    }

    [Fact]
    public void An_instrumented_graph_keeps_the_mask()
    {
        var summary = GraphSummary.Of(OnnxFile.Parse(Graph.Instrument(Plan.Empty), "instrumented"), 0);
        Assert.Contains(summary.Inputs, input => input.ToString() == "attention_mask int64 [batch_size, total_sequence_length]");
        Assert.Equal(2, summary.Nodes["Cast"]);
    }

    [Fact]
    public void Shared_ports_at_the_residual_cost_no_node()
    {
        int plain = Summary(Plan.Empty).Nodes.Values.Sum();
        Point[] ports = [.. Graph.Points.Where(point => point.Site is Site.ResidPost or Site.AttnOut)];
        Assert.Equal(plain, Summary(new Plan { Ports = ports }).Nodes.Values.Sum());
        Assert.Equal(plain, Summary(new Plan { Ports = [new(Site.MlpOut, 2), new(Site.ResidPost, 1)] }).Nodes.Values.Sum());
        Assert.Equal(plain, Summary(new Plan { Ports = ports, Taps = [.. Graph.Points.Where(point => point.Site != Site.AttnOut)] }).Nodes.Values.Sum());
    }

    [Theory]
    [InlineData("mlp_act.1", "", PortForm.Shared)]                          // no norm takes it
    [InlineData("attn_out.1", "attn_out.1", PortForm.Shared)]               // the bias would be added behind the tap
    [InlineData("mlp_out.1", "mlp_out.1", PortForm.Shared)]
    [InlineData("mlp_out.1,resid_post.1", "", PortForm.Shared)]             // one bias for two
    [InlineData("resid_post.1", "", PortForm.PerRow)]
    public void Where_the_bias_will_not_do_one_add_does(string ports, string taps, PortForm form)
    {
        var summary = Summary(new Plan { Ports = Points(ports), Taps = Points(taps), PortForm = form });
        Assert.Equal(1, summary.Nodes["Add"]);
    }

    [Fact]
    public void Per_row_ports_have_a_row_dimension_of_their_own()
    {
        var summary = Summary(new Plan { Ports = [new(Site.MlpAct, 0)], PortForm = PortForm.PerRow });
        Assert.Contains(summary.Inputs, input => input.ToString() == "roast.port.mlp_act.0 float32 [port_rows, 1, 256]");
    }

    [Fact]
    public void Random_plans_give_sorted_graphs_whose_every_value_has_one_maker()
    {
        var random = new Random(42);
        for (int round = 0; round < 200; round++)
        {
            var plan = new Plan
            {
                Taps = [.. Graph.Points.Where(_ => random.Next(3) == 0)], Ports = [.. Graph.Points.Where(_ => random.Next(3) == 0)],
                PortForm = (PortForm)random.Next(2), Logits = (LogitPositions)random.Next(2),
            };
            var graph = OnnxFile.Parse(Graph.ForPlan(plan), "plan").Graph;
            var known = graph.Input.Select(x => x.Name).Concat(graph.Initializer.Select(x => x.Name)).Append("").ToHashSet();
            foreach (var node in graph.Node)
            {
                Assert.True(node.Input.All(known.Contains), $"round {round}: {node.Name} takes a value before it is made.");
                Assert.True(node.Output.Where(name => name.Length > 0).All(known.Add), $"round {round}: {node.Name} makes a value twice.");
            }
            Assert.True(graph.Output.All(output => known.Contains(output.Name)), $"round {round}: an output that no node makes.");
            foreach (var port in plan.Ports) Assert.Equal(1, graph.Node.Sum(node => node.Input.Count(name => name == GraphNames.Port(port))));
            Assert.Equal(graph.ValueInfo.Count, graph.ValueInfo.Select(value => value.Name).Except(graph.Output.Select(output => output.Name)).Count());
        }
    }

    [Fact]
    public void Making_a_plan_leaves_the_model_as_it_was()
    {
        byte[] before = Graph.ForPlan(Plan.Empty);
        Graph.ForPlan(new Plan { Taps = Graph.Points, Ports = Graph.Points });
        Assert.Equal(before, Graph.ForPlan(Plan.Empty));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_point_that_the_model_lacks_is_an_argument_error_that_names_its_points(bool tap)
    {
        Point[] points = [new(Site.MlpAct, 4)];
        var error = Assert.Throws<ArgumentException>(() => Graph.ForPlan(tap ? new Plan { Taps = points } : new Plan { Ports = points }));
        Assert.Contains("mlp_act.4", error.Message);
        Assert.Contains("layers 0 to 3", error.Message);
        Assert.Contains("resid_post, attn_out, mlp_out, mlp_act", error.Message);
    }

    static GraphSummary Summary(Plan plan) => GraphSummary.Of(OnnxFile.Parse(Graph.ForPlan(plan), "plan"), 0);

    static Point[] Points(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Point.Parse(name))];
}
