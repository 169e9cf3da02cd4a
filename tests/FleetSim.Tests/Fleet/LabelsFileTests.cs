using System.Globalization;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.Tests.Fleet;

public sealed class LabelsFileTests
{
    private static readonly FleetPlanOptions Options = new() { Vms = 400 };

    [Fact]
    public void Each_VM_has_one_row_with_its_label_span_and_kind()
    {
        IReadOnlyList<SimulatedVm> fleet = FleetPlan.Generate(Options);
        string[] lines = Rows(fleet, Options.Epoch.AddDays(1));
        Assert.Equal("instance_id,label,start,end,notes", lines[0]);
        Assert.Equal(fleet.Count, lines.Length - 1);
        SimulatedVm miner = fleet.First(v => v.Behaviour.Label == "miner");
        string onset = miner.Onset.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string[] row = lines.Single(l => l.StartsWith(miner.InstanceId, StringComparison.Ordinal)).Split(',');
        Assert.Equal(["miner", onset, "2026-03-03T09:00:00Z", miner.Behaviour.Kind], row[1..]);
    }

    [Fact]
    public void What_comes_after_the_horizon_is_not_told()
    {
        string[] lines = Rows(FleetPlan.Generate(Options), Options.Epoch.AddHours(-1));
        Assert.DoesNotContain(lines, l => l.Contains(",miner,", StringComparison.Ordinal));
        Assert.True(lines.Length - 1 < 400);
    }

    private static string[] Rows(IReadOnlyList<SimulatedVm> fleet, DateTimeOffset horizon)
    {
        StringWriter text = new();
        LabelsFile.Write(text, fleet, horizon);
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
