using Watchdog.Detectors.Facts;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;
using static Watchdog.Tests.Slo.Classing.Story;

namespace Watchdog.Tests.Slo.Classing;

public class BadInputTests
{
    private const CheckState Bad = CheckState.Impaired;
    private const string User = "Client.UserInitiatedShutdown";

    [Fact]
    public void An_id_that_comes_back_in_another_scope_is_gone_only_from_the_first() => Assert.Equal("0-10 ok, 20-40 ok",
        Running().State(10, "gone").State(20, "running", scope: 2).State(25, "gone").Told(0, 40));

    [Fact]
    public void States_recorded_out_of_order_are_judged_in_the_order_of_their_instants() => Assert.Equal("0-10 ok, 10-20 user, 20-30 ok",
        Running().State(20, "running").State(10, "stopped", User).Told(0, 30));

    [Fact]
    public void Of_two_states_at_one_instant_the_last_recorded_counts() =>
        Assert.Equal("0-10 ok, 10-20 user", Running().State(10, "pending").State(10, "stopped", User).Told(0, 20));

    [Fact]
    public void An_impairment_since_an_hour_ahead_begins_when_it_was_seen() =>
        Assert.Equal("0-10 ok, 10-20 provider", Running().Check(10, system: Bad, since: 70).Told(0, 20));

    [Fact]
    public void An_impairment_since_before_the_vm_ran_begins_with_the_boot() =>
        Assert.Equal("5-20 guest", new Story().State(5, "running").Check(10, instance: Bad, since: -600).Told(0, 20));

    [Fact]
    public void A_hold_that_ends_before_it_begins_holds_nobody() =>
        Assert.Equal("0-30 ok", Running().Hold(HoldKind.Isolation, 20, 10).Told(0, 30));

    [Fact]
    public void A_window_that_ends_before_it_begins_announces_nothing() => Assert.Equal("0-30 provider",
        Running().Check(-1, system: Bad, events: new AnnouncedEvent("system-reboot", At(20), At(10))).Told(0, 30));

    [Fact]
    public void A_vm_that_two_listings_missed_is_out_of_scope_from_the_first_on() =>
        Assert.Equal("0-10 ok", Running().State(10, "gone").Told(0, 30));

    [Fact]
    public void A_region_whose_listings_fail_is_unknown_and_never_bad() => Assert.Equal("0-10 ok, 10-30 watchdog_blind",
        Running().Listed(-90, 10).Listed(10, 30, seen: false).State(11, "stopped", "Server.InternalError").Told(0, 30));

    [Fact]
    public void Sight_spans_that_run_backwards_see_nothing() =>
        Assert.Equal("0-30 watchdog_blind", Running().Listed(40, -40).Told(0, 30));

    [Fact]
    public void Overlapping_looks_of_two_workers_are_one_sight() =>
        Assert.Equal("0-30 ok", Running().Listed(-90, 20).Listed(5, 10).Listed(10, 30).Told(0, 30));

    [Fact]
    public void A_vm_first_seen_stopped_is_out_of_scope_until_it_runs() =>
        Assert.Equal("10-30 ok", new Story().State(-60, "stopped", User).State(10, "running").Told(0, 30));

    [Fact]
    public void A_state_that_ec2_does_not_document_is_unknown() =>
        Assert.Equal("0-10 ok, 10-30 provider_no_data", Running().State(10, "sleeping").Told(0, 30));

    [Fact]
    public void A_vm_without_any_fact_has_no_minutes() => Assert.Empty(new Story().Judge(0, Minute.Day).Intervals);
}
