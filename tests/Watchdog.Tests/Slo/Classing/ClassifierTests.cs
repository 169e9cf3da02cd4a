using Watchdog.Detectors.Facts;
using Watchdog.Slo.Classing;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;
using static Watchdog.Tests.Slo.Classing.Story;

namespace Watchdog.Tests.Slo.Classing;

/// <summary>The table of docs/slo.md, row by row.</summary>
public class ClassifierTests
{
    private const CheckState Bad = CheckState.Impaired;

    [Fact]
    public void A_change_counts_from_the_minute_that_it_lies_in() =>
        Assert.Equal("0-10 ok, 10-20 user", Running().State(10.5, "stopped", "Client.UserInitiatedShutdown").Told(0, 20));

    [Fact]
    public void Row_1_before_it_ever_ran_and_after_its_end_a_vm_is_out_of_scope() => Assert.Equal("5-30 ok", new Story()
        .State(2, "pending").State(5, "running").State(30, "shutting-down").State(31, "terminated").State(40, "gone").Told(0, 60));

    [Fact]
    public void Row_2_a_scope_that_was_not_seen_is_unknown_and_a_short_gap_carries_the_state_over() => Assert.Equal(
        "0-10 ok, 10-20 watchdog_blind, 20-40 ok", Running().Listed(-90, 10).Listed(10, 20, seen: false).Listed(20, 28).Listed(30, 60).Told(0, 40));

    [Theory]
    [InlineData("true_positive", "5-20 watchdog_quarantine")]
    [InlineData("false_positive", "5-20 watchdog_false_positive")]
    [InlineData("benign_positive", "5-20 watchdog_benign_positive")]
    [InlineData("duplicate", "5-20 watchdog_unruled_yet")]
    [InlineData("indeterminate", "5-20 watchdog_unruled_yet")]
    [InlineData(null, "5-20 watchdog_unruled_yet")]
    public void Row_3_a_quarantine_counts_by_its_ruling(string? ruling, string told)
    {
        Assert.Equal($"0-5 ok, {told}, 20-30 ok", Running().Hold(HoldKind.Isolation, 5, 20, ruling).Told(0, 30));
        Assert.Equal($"0-5 ok, {told}, 20-30 ok", Running().Hold(HoldKind.Stop, 4.9, null, ruling).State(5, "stopping", "Client.UserInitiatedShutdown")
            .State(6, "stopped", "Client.UserInitiatedShutdown").State(20, "running").Told(0, 30));
    }

    [Fact]
    public void Row_3_a_quarantine_that_nobody_rules_on_within_72_hours_is_bad_from_its_first_minute()
    {
        var story = Running().Hold(HoldKind.Isolation, 5, 20);
        Assert.Equal("0-5 ok, 5-20 watchdog_unruled_yet, 20-30 ok", story.Told(0, 30, now: 5 + (72 * 60) - 1));
        Assert.Equal("0-5 ok, 5-20 watchdog_unruled, 20-30 ok", story.Told(0, 30, now: 5 + (72 * 60)));
        Assert.Equal(Minute.Of(Ten) + 5 + (72 * 60), story.Judge(0, 30).DueMin);
    }

    [Fact]
    public void Row_3_a_stop_holds_until_somebody_starts_the_vm_and_the_next_stop_is_its_owners() => Assert.Equal(
        "0-6 ok, 6-20 watchdog_idle, 20-30 ok, 30-40 user", Running().Hold(HoldKind.IdleStop, 5).State(6, "stopped", "Client.UserInitiatedShutdown")
            .State(20, "running").State(30, "stopped", "Client.UserInitiatedShutdown").Told(0, 40));

    [Fact]
    public void Row_3_of_two_holds_the_worse_one_counts() => Assert.Equal("0-5 ok, 5-10 watchdog_quarantine, 10-15 watchdog_false_positive, 15-20 watchdog_quarantine",
        Running().Hold(HoldKind.Isolation, 5, null, "true_positive").Hold(HoldKind.Isolation, 10, 15, "false_positive").Told(0, 20));

    [Theory]
    [InlineData("Client.InstanceInitiatedShutdown", null, "user")]
    [InlineData("Client.UserInitiatedShutdown", null, "user")]
    [InlineData("Client.UserInitiatedHibernate", null, "user")]
    [InlineData("User initiated (2026-11-22 10:03:11 GMT)", null, "user")]
    [InlineData("Client.UserInitiatedShutdown: User initiated shutdown", "spot", "user")]
    [InlineData("Server.ScheduledStop", null, "provider")]
    [InlineData("Server.InternalError", null, "provider")]
    [InlineData("Server.InsufficientInstanceCapacity", null, "provider")]
    [InlineData("InsufficientInstanceCapacity", null, "provider")]
    [InlineData("Server.SpotInstanceShutdown", null, "spot")]
    [InlineData("Server.InternalError", "spot", "spot")]
    [InlineData(null, null, "stop_unexplained")]
    [InlineData("Client.InternalError", null, "stop_unexplained")]
    public void Rows_4_and_5_a_stop_is_whose_reason_says_so(string? reason, string? lifecycle, string cause) =>
        Assert.Equal($"0-10 ok, 10-20 {cause}", Running(lifecycle: lifecycle).State(10, "stopping", reason).State(11, "stopped", reason).Told(0, 20));

    [Fact]
    public void Row_5_a_spot_vm_taken_back_is_the_providers_where_the_rules_say_so() => Assert.Equal("10-20 provider",
        Running(MinuteRules.Default with { SpotExcluded = false }, "spot").State(10, "stopped", "Server.SpotInstanceTermination").Told(10, 20));

    [Fact]
    public void A_stops_reason_is_that_of_its_spell() => Assert.Equal("0-10 ok, 10-30 user, 30-40 ok, 40-50 stop_unexplained", Running()
        .State(10, "stopping").State(11, "stopped", "Client.UserInitiatedShutdown").State(30, "running").State(40, "stopped").Told(0, 50));

    [Fact]
    public void Row_6_checks_that_were_not_read_are_unknown_where_the_vm_runs() => Assert.Equal("0-10 ok, 10-15 watchdog_blind, 15-30 user",
        Running().Read(-90, 10).Read(25, 60).State(15, "stopped", "Client.UserInitiatedShutdown").Told(0, 30));

    [Fact]
    public void Row_6_a_host_fault_counts_back_to_its_beginning_but_not_past_the_boot() => Assert.Equal("0-5 ok, 5-10 user, 10-20 provider, 20-30 ok",
        Running().State(5, "stopped", "Client.UserInitiatedShutdown").State(10, "running").Check(12, system: Bad, since: -30).Check(20).Told(0, 30));

    [Fact]
    public void Row_6_a_volume_fault_is_the_providers() =>
        Assert.Equal("0-7 ok, 7-20 provider", Running().Check(12, instance: Bad, ebs: Bad, since: 7).Told(0, 20));

    [Theory]
    [InlineData(false, "5-10 provider, 10-20 maintenance, 20-30 provider")]
    [InlineData(true, "5-10 provider, 10-20 announced_maintenance, 20-30 provider")]
    public void Row_6_inside_an_announced_window_it_is_maintenance(bool excluded, string told)
    {
        var story = Running(MinuteRules.Default with { MaintenanceExcluded = excluded }).Check(6, system: Bad, since: 5, events: new AnnouncedEvent("system-reboot", At(10), At(20)));
        Assert.Equal($"0-5 ok, {told}", story.Told(0, 30));
        Assert.Equal(Minute.Of(Ten) + 20, story.Judge(0, 15).DueMin);
    }

    [Fact]
    public void Row_7_a_guest_that_does_not_answer_is_the_guests() =>
        Assert.Equal("0-7 ok, 7-20 guest, 20-30 ok", Running().Check(12, instance: Bad, since: 7).Check(20).Told(0, 30));

    [Fact]
    public void A_host_that_recovers_before_its_guest_keeps_its_own_minutes() => Assert.Equal("0-7 ok, 7-15 provider, 15-20 guest, 20-30 ok",
        Running().Check(9, instance: Bad, system: Bad, since: 7).Check(15, instance: Bad, since: 7).Check(20).Told(0, 30));

    [Fact]
    public void Row_8_a_boot_has_ten_minutes_and_counts_as_slow_after_them()
    {
        var story = Running().State(0, "stopped", "Client.UserInitiatedShutdown").State(5, "pending").State(7, "running").Check(8, CheckState.Initializing, CheckState.Initializing);
        Assert.Equal("0-5 user, 5-15 boot, 15-20 boot_slow", story.Told(0, 20));
        Assert.Equal(Minute.Of(Ten) + 15, story.Judge(0, 10).DueMin);
        Assert.Equal("0-5 user, 5-9 boot, 9-20 ok", story.Check(9).Told(0, 20));
    }

    [Fact]
    public void Row_9_where_aws_has_no_data_it_is_unknown_once_the_boot_is_over() => Assert.Equal("0-5 user, 5-15 boot, 15-20 provider_no_data", Running()
        .State(0, "stopped", "Client.UserInitiatedShutdown").State(5, "running").Check(6, CheckState.Unknown, CheckState.Unknown).Told(0, 20));

    [Fact]
    public void Row_10_the_agent_is_told_of_good_minutes_alone()
    {
        var judged = Running().Agent(-10, AgentSeen.Reached).Agent(10, AgentSeen.Silent).State(20, "stopped", "Client.UserInitiatedShutdown").Judge(0, 30);
        Assert.Equal([AgentSeen.Reached, AgentSeen.Silent, AgentSeen.Unknown], judged.Intervals.Select(one => one.Interval.Agent));
    }

    [Fact]
    public void A_stop_by_its_owner_is_explained_by_the_row_that_tells_of_it()
    {
        var line = Assert.Single(Running().State(10.1833333333, "stopped", "Client.UserInitiatedShutdown").Judge(15, 20).Intervals[0].Evidence);
        Assert.Equal("vm_transition:2", line.Row);
        Assert.Equal("stopped 2026-11-22 10:10:10Z, Client.UserInitiatedShutdown, seen 2026-11-22 10:11:10Z; no act of Watchdog's is behind it", line.Sentence);
    }

    [Fact]
    public void A_quarantine_is_explained_by_its_act_and_its_ruling() => Assert.Equal(
        ["act:1 isolated by Watchdog 2026-11-22 10:05:00Z, undone 2026-11-22 10:20:00Z, case 7", "ruling of case:7 ruled false_positive", "vm_transition:1 running 2026-11-22 09:00:00Z, seen 2026-11-22 09:01:00Z"],
        Running().Hold(HoldKind.Isolation, 5, 20, "false_positive").Judge(6, 7).Intervals[0].Evidence.Select(line => $"{line.Row} {line.Sentence}"));
}
