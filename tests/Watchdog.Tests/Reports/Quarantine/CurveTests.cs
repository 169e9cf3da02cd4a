using System.Xml.Linq;
using Watchdog.Detection;
using Watchdog.Reports.Quarantine;

namespace Watchdog.Tests.Reports.Quarantine;

public sealed class CurveTests
{
    private static readonly DateTimeOffset Decided = new(2026, 3, 2, 10, 2, 0, TimeSpan.Zero);
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Points_of_the_evidence_stand_where_they_were_and_all_else_is_absent()
    {
        var curves = Curves.OfEvidence(Decided, [Frozen(Decided.AddMinutes(-32), 300, [10, float.NaN, 30])]);

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), curves.Cpu.Start);
        Assert.Equal([10f, 30f], curves.Cpu.Values.Where(float.IsFinite));
        Assert.Equal((10f, 30f), (curves.Cpu.Values[282], curves.Cpu.Values[284]));
        Assert.False(curves.NetworkIn.HasData);
    }

    [Fact]
    public void Finer_points_are_averaged_and_counts_are_summed_what_lies_outside_is_left_out()
    {
        var curve = Curves.Absent(Decided).Cpu;
        var points = new Points(curve.Start.AddMinutes(-5), 60, [9, 9, 9, 9, 9, 10, 20, float.NaN, float.NaN, 30]);
        Curves.Lay(points, curve, sum: false);
        Assert.Equal((20f, float.NaN), (curve.Values[0], curve.Values[1]));

        Curves.Lay(points, curve, sum: true);

        Assert.Equal(60f, curve.Values[0]);
    }

    [Fact]
    public void Evidence_that_cannot_be_read_leaves_gaps() =>
        Assert.False(Curves.OfEvidence(Decided, ["{}", """{"cpu":"x"}""", "[]"]).Cpu.HasData);

    [Fact]
    public void No_line_crosses_a_gap_and_the_gap_is_shaded()
    {
        var curve = Curves.Absent(Decided).Cpu;
        curve.Values.AsSpan(10, 5).Fill(50);
        curve.Values.AsSpan(40, 5).Fill(50);
        curve.Values[100] = 100;

        var svg = XElement.Parse(CurveSvg.Of([curve], Decided, 100)!);

        var path = svg.Elements(Svg + "path").Select(p => p.Attribute("d")!.Value).Single(d => d.Contains('L', StringComparison.Ordinal));
        Assert.Equal(3, path.Count(c => c == 'M'));
        Assert.Equal(8, path.Count(c => c == 'L'));
        Assert.Equal(4, svg.Elements(Svg + "rect").Count(r => r.Attribute("class")?.Value == "gap"));
    }

    [Fact]
    public void Without_any_point_there_is_no_drawing() =>
        Assert.Null(CurveSvg.Of([Curves.Absent(Decided).NetworkIn, Curves.Absent(Decided).NetworkOut], Decided, null));

    [Fact]
    public void Nothing_in_the_drawing_runs_or_fetches()
    {
        var curve = Curves.Absent(Decided).Cpu with { Name = "</text><script>alert(1)</script>" };
        curve.Values.AsSpan().Fill(5e8f);

        var svg = XElement.Parse(CurveSvg.Of([curve with { Unit = "B" }], Decided, null)!);

        Assert.All(svg.DescendantsAndSelf(), e => Assert.Matches("^(svg|title|path|rect|text|defs|pattern)$", e.Name.LocalName));
        Assert.Contains("500 MB", svg.Value, StringComparison.Ordinal);
    }

    private static string Frozen(DateTimeOffset start, int period, float[] cpu) => FrozenJson.Write(new Frozen(
        "m5.large", 2, start, null, null, null, null, null, null,
        new Points(DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds() / period * period), period, cpu), Points.None, Points.None));
}
