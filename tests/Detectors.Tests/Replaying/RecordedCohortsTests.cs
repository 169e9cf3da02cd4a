using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Replaying;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Tests.Replaying;

public class RecordedCohortsTests
{
    private static readonly ScreenOptions Options = new();
    private static readonly DateTimeOffset T = Recordings.Start;

    private static RecordedVm Vm(string id, float cpu, string? type = "m5.large", double fromHour = 0, int hours = 48) =>
        new(new VmFacts(id, type, 2, T.AddHours(fromHour).AddMinutes(-10), null), T.AddHours(fromHour), 300, hours * 12)
        {
            Cpu = Given.Flat(hours * 12, cpu), NetworkIn = Given.Flat(hours * 12, 2_000), NetworkOut = Given.Flat(hours * 12, 2_000),
        };

    private static List<RecordedVm> Nine(float cpu) => [.. Enumerable.Range(0, 9).Select(i => Vm($"i-{i}", cpu))];

    [Fact]
    public void Only_what_was_shown_by_then_counts()
    {
        var fleet = Nine(10);
        foreach (var vm in fleet)
        {
            Array.Fill(vm.Cpu, 90, 24 * 12, 24 * 12);
        }

        var cohorts = new RecordedCohorts(fleet);
        Assert.Null(cohorts.At(Vm("i-x", 0).Vm, T.AddHours(14), Options));
        Assert.Equal(10, cohorts.At(Vm("i-x", 0).Vm, T.AddHours(26), Options)!.Usual, 0.01f);
        Assert.Equal(90, cohorts.At(Vm("i-x", 0).Vm, T.AddHours(200), Options)!.Usual, 0.01f);
    }

    [Fact]
    public void A_VM_is_no_measure_for_itself_nor_for_other_types()
    {
        var cohorts = new RecordedCohorts(Nine(10));
        Assert.Equal(8, cohorts.At(Vm("i-3", 0).Vm, T.AddHours(48), Options)!.Members);
        Assert.Null(cohorts.At(Vm("i-x", 0, "t3.large").Vm, T.AddHours(48), Options));
        Assert.Null(cohorts.At(Vm("i-x", 0, null).Vm, T.AddHours(48), Options));
    }

    [Fact]
    public void A_throttled_miner_from_first_boot_is_found_by_its_cohort_alone()
    {
        var miner = Vm("i-m", 45, fromHour: 30, hours: 10);
        var cohorts = new RecordedCohorts([.. Nine(6), miner]);
        var options = new ReplayOptions { Idle = false };
        Assert.Empty(new VmReplayer(miner, options).Run());

        var alarm = Assert.Single(new VmReplayer(miner, options, cohorts).Run());
        Assert.InRange((alarm.OpenedAt - miner.Start).TotalMinutes, 30, 50);
        Assert.Contains("the cohort of 9 VMs of m5.large is usually at 6 % or less", alarm.Reason, StringComparison.Ordinal);
    }
}
