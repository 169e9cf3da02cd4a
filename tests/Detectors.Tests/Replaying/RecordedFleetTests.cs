using System.Globalization;
using Watchdog.Detectors.Replaying;
using Xunit.Abstractions;

namespace Watchdog.Detectors.Tests.Replaying;

public class RecordedFleetTests(ITestOutputHelper output)
{
    [Fact]
    public void The_detectors_hold_their_figures_on_the_recorded_fleet_where_it_is_present()
    {
        if (RecordedFleet.Find() is not { } folder)
        {
            output.WriteLine("No recorded fleet on this machine: nothing was replayed.");
            return;
        }

        var fleet = RecordedFleet.Load(folder);
        var options = new ReplayOptions();
        var alarms = fleet.AsParallel().AsOrdered().SelectMany(vm => new VmReplayer(vm, options).Run()).ToList();
        var score = Scoring.Of(fleet, RecordedFleet.Labels(folder), alarms);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"precision {score.Precision:0.000}, recall {score.Recall:0.000}, {score.FalsePerThousandVmDays:0.0} false episodes per 1,000 VM-days"));

        // Floors, with a margin under what was measured: precision .93, recall .96, 3.8.
        Assert.True(score.Precision >= 0.88, $"precision {score.Precision}");
        Assert.True(score.Recall >= 0.9, $"recall {score.Recall}");
        Assert.True(score.FalsePerThousandVmDays <= 8, $"{score.FalsePerThousandVmDays} false episodes per 1,000 VM-days");
        Assert.True(score.Classes["miner"].MedianMinutes <= 45);
        Assert.True(score.Classes["forkbomb"].Recall >= 0.9);
        Assert.Equal(1, score.Classes["panic"].Recall);
        Assert.True(score.Classes["panic"].P90Minutes <= 10);
        Assert.True(score.Classes["idle"].Recall >= 0.95);
        Assert.Equal(0, score.IdleInUse);
    }
}
