using Watchdog.Alerts;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Telling;

namespace Watchdog.Tests.Alerts.Muting;

public sealed class MuteRulesTests
{
    // 10:00 in Berlin.
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("alice", 3, null)]
    [InlineData("alice", 2, "two owners")]
    [InlineData("bob", 3, "another owner")]
    public void A_silence_by_owner_holds_for_incidents_of_that_owner_alone(string owner, int of, string? told) =>
        Assert.Equal(told is null, new Matcher { Owner = owner }.Matches(Key(), Severity.Error, Tally(byOwner: of == 3 ? [new("alice", 3)] : [new("alice", of), new("carol", 3 - of)])));

    [Fact]
    public void A_silence_up_to_a_severity_ends_when_it_becomes_worse()
    {
        Matcher matcher = new() { Kind = IncidentKinds.Abuse, UpTo = Severity.Error };
        Assert.True(matcher.Matches(Key(), Severity.Error, Tally()));
        Assert.False(matcher.Matches(Key(), Severity.Critical, Tally()));
        Assert.NotNull(new Matcher().Error());
        Assert.NotNull(new Matcher { Kind = "abus" }.Error());
    }

    [Theory]
    [InlineData(IncidentKinds.SloStep, "region", "eu-west-1", IncidentKinds.Abuse, "panic", "a/eu-west-1", true)]
    [InlineData(IncidentKinds.SloStep, "region", "us-east-1", IncidentKinds.Abuse, "panic", "a/eu-west-1", false)]
    [InlineData(IncidentKinds.SloStep, "region", "eu-west-1", IncidentKinds.Abuse, "miner", "a/eu-west-1", false)]
    [InlineData(IncidentKinds.SloStep, "region", "eu-west-1", IncidentKinds.SloBurn, "region 3/1d+2h", "eu-west-1", true)]
    [InlineData(IncidentKinds.SloBurn, "region 14.4/1h+5m", "eu-west-1", IncidentKinds.SloBurn, "region 3/1d+2h", "eu-west-1", true)]
    [InlineData(IncidentKinds.SloBurn, "fleet 14.4/1h+5m", "eu-west-1", IncidentKinds.SloBurn, "region 3/1d+2h", "eu-west-1", false)]
    [InlineData(IncidentKinds.Brake, "brake", "cluster", IncidentKinds.Approval, "approval", "a/eu-west-1", true)]
    [InlineData(IncidentKinds.AwsDenied, "ec2:X", "cluster", IncidentKinds.AwsThrottled, "ec2:Y", "cluster", true)]
    [InlineData(IncidentKinds.Database, "slow", "cluster", IncidentKinds.Outbox, "alerts:chat", "cluster", true)]
    [InlineData(IncidentKinds.Outbox, "alerts:chat", "cluster", IncidentKinds.Database, "slow", "cluster", false)]
    public void What_explains_another_mutes_it(string source, string technique, string scope, string target, string targetTechnique, string targetScope, bool muted)
    {
        OpenIncident cause = new(1, new(source, technique, scope), Severity.Critical, scope);
        OpenIncident effect = new(2, new(target, targetTechnique, targetScope), Severity.Warning, Regions.Of(targetScope));
        Assert.Equal(muted, Inhibition.Of(effect, [cause, effect]) is not null);
        Assert.Null(Inhibition.Of(effect, [effect]));
    }

    [Theory]
    [InlineData(Severity.Warning, "22:00", "07:00", false)]
    [InlineData(Severity.Warning, "08:00", "12:00", true)]
    [InlineData(Severity.Error, "08:00", "12:00", false)]
    public void Quiet_hours_hold_low_severity_on_their_zones_clock(Severity severity, string from, string to, bool muted)
    {
        MutingOptions options = new() { Quiet = new() { From = from, To = to, Zone = "Europe/Berlin" } };
        Assert.Equal(muted, MuteRules.Of(Incident(), Tally(), severity, [], options, [], inStorm: false, At) is not null);
    }

    [Fact]
    public void A_maintenance_window_holds_from_its_begin_to_before_its_end()
    {
        MutingOptions options = new() { Maintenance = [new() { From = At, Until = At.AddHours(1), Reason = "a move", Match = new() { Kind = IncidentKinds.Abuse } }] };
        Assert.Equal("maintenance: a move", MuteRules.Of(Incident(), Tally(), Severity.Critical, [], options, [], inStorm: false, At));
        Assert.Null(MuteRules.Of(Incident(), Tally(), Severity.Critical, [], options, [], inStorm: false, At.AddHours(1)));
        Assert.Null(MuteRules.Of(Incident(), Tally(), Severity.Critical, [], options, [], inStorm: false, At.AddTicks(-1)));
    }

    [Fact]
    public void The_first_route_that_matches_is_taken_and_the_next_ones_while_it_continues()
    {
        RoutingOptions options = new()
        {
            Routes =
            [
                new() { Name = "night", From = Severity.Critical, Hours = new() { From = "22:00", To = "07:00", Zone = "Europe/Berlin" }, Receivers = ["auckland"] },
                new() { Name = "wake", From = Severity.Critical, Receivers = ["pager"], Continue = true },
                new() { Name = "ireland", Scopes = ["eu-west-1"], Receivers = ["chat", "pager"] },
                new() { Name = "rest", Kinds = [IncidentKinds.Abuse], Plans = ["pro"], Receivers = ["vip"] },
            ],
            Default = ["chat"],
        };
        string[] all = ["auckland", "chat", "pager", "vip"];
        Assert.Equal(["pager", "chat"], RouteRules.Of(options, Key(), Severity.Critical, Tally(), all, At).Receivers);
        Assert.Equal("route wake and ireland", RouteRules.Of(options, Key(), Severity.Critical, Tally(), all, At).Reason);
        Assert.Equal(["auckland"], RouteRules.Of(options, Key(), Severity.Critical, Tally(), all, At.AddHours(13)).Receivers);
        Assert.Equal(["chat", "pager"], RouteRules.Of(options, Key(), Severity.Warning, Tally(), all, At).Receivers);
        var elsewhere = Key() with { Scope = "a/us-east-1" };
        var there = Tally() with { ByRegion = [new("us-east-1", 3)] };
        Assert.Equal(["chat"], RouteRules.Of(options, elsewhere, Severity.Warning, there, all, At).Receivers);
        Assert.Equal(["vip"], RouteRules.Of(options, elsewhere, Severity.Warning, there with { ByPlan = [new("pro", 1)] }, all, At).Receivers);
        Assert.Equal(all, RouteRules.Of(new(), Key(), Severity.Info, Tally(), all, At).Receivers);
    }

    [Fact]
    public void Wrong_routes_windows_and_links_are_named_with_their_place()
    {
        RoutingOptions routes = new() { Routes = [new() { Kinds = ["abus"], Receivers = ["pagr"], Hours = new() { From = "25:00", To = "07:00" } }, new() { Hours = new() { Days = ["Caturday"] } }], Default = ["nobody"] };
        Assert.Equal(6, routes.Errors(["pager"]).Count());
        MutingOptions muting = new() { Maintenance = [new()], Quiet = new() { From = "20:00", To = "08:00", Zone = "Europe/Atlantis" }, QuietUpTo = Severity.Critical };
        Assert.Equal(4, muting.Errors().Count());
        Assert.Equal(["Alerts:Links:Case must be an absolute http or https URL."], new AlertLinkOptions { Case = "javascript:alert({case})", Runbook = "https://x/{runbook}.md" }.Errors());
        Assert.Equal(2, new AlertOptions { KeepDays = 0, QuietPeriod = TimeSpan.FromDays(1) }.Errors().Count());
    }

    private static IncidentKey Key() => new(IncidentKinds.Abuse, "miner", "a/eu-west-1");

    private static IncidentState Incident() => new(7, Key(), Severity.Error, At, At, null, null, null, null, 3, 3, 0, 0, null, null, null, "", At);

    private static IncidentTally Tally(IReadOnlyList<Tally>? byOwner = null) =>
        new(3, 3, Severity.Error, false, 1, At, At, null, null, byOwner ?? [new("alice", 3)], [new("eu-west-1", 3)], [], [], [], []);
}
