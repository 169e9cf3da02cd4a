using Microsoft.Extensions.Options;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Idle;
using Watchdog.IdleShutdown;

namespace Watchdog.Tests.IdleShutdown;

public sealed class IdlePoliciesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 23, 30, 0, TimeSpan.Zero);
    private static readonly IdleShutdownOptions Section = new()
    {
        Policies =
        [
            new() { Name = "dev", Tag = "env=dev", Minutes = 30, OnStop = OnStop.Hibernate, UndeliveredWarning = UndeliveredWarning.Stop },
            new() { Name = "gpu", Tag = "kind=gpu", Minutes = 240, WithoutAgent = "1440" },
            new() { Name = "ann", Owner = "ann", CpuPercent = 10 },
            new() { Name = "free", Plan = "free", WarningMinutes = 5, QuietHours = new() { From = "22:00", To = "07:00", Zone = "Europe/Berlin" } },
            new() { Name = "kiosk", Owner = "kiosk", Off = true },
        ],
    };

    [Theory]
    [InlineData("bob", null, null, "default")]
    [InlineData("bob", "free", null, "free")]
    [InlineData("ann", "free", null, "ann")]
    [InlineData("ann", "free", "env=dev", "dev")]
    [InlineData("Ann", "Free", "env=Dev", "default")]
    public void The_closest_word_wins_tag_before_owner_before_plan(string owner, string? plan, string? tag, string expected) =>
        Assert.Equal(expected, Policies().Of(Vm(owner, plan, tag)).Name);

    [Fact]
    public void A_policy_says_what_it_says_and_the_section_the_rest()
    {
        var dev = Policies().Of(Vm("bob", null, "env=dev"));
        Assert.Equal((TimeSpan.FromMinutes(30), null, 5.0, TimeSpan.FromMinutes(15), UndeliveredWarning.Stop),
            (dev.Rest, dev.SilentRest, dev.CpuPercent, dev.WarningLead, dev.Undelivered));
        var gpu = Policies().Of(Vm("bob", null, "kind=gpu"));
        Assert.Equal((TimeSpan.FromHours(4), TimeSpan.FromDays(1), UndeliveredWarning.Wait), (gpu.Rest, gpu.LongestRest, gpu.Undelivered));
        Assert.Equal((OnStop.Hibernate, OnStop.Stop), (dev.OnStop, gpu.OnStop));
    }

    [Fact]
    public void Two_policies_on_one_vm_keep_it_and_both_are_named()
    {
        var policy = Policies().Of(Vm("bob", null, "env=dev", "kind=gpu"));
        var keeper = Assert.Single(Keepers(policy), keeper => keeper.Code == "policies");
        Assert.Contains("dev and gpu", keeper.Sentence, StringComparison.Ordinal);
        Assert.Null(keeper.Until);
    }

    [Fact]
    public void A_policy_that_is_off_keeps_its_vms_and_quiet_hours_keep_them_until_their_end()
    {
        Assert.Equal("policy-off", Assert.Single(Keepers(Policies().Of(Vm("kiosk", null)))).Code);
        var quiet = Assert.Single(Keepers(Policies().Of(Vm("bob", "free"))));
        Assert.Equal(("quiet-hours", new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero)), (quiet.Code, quiet.Until));
    }

    [Theory]
    [InlineData("2026-03-28T22:59:59Z", "22:00", "07:00", "2026-03-29T05:00:00Z")]
    [InlineData("2026-03-29T05:00:00Z", "22:00", "07:00", null)]
    [InlineData("2026-10-25T05:59:59Z", "22:00", "07:00", "2026-10-25T06:00:00Z")]
    [InlineData("2026-07-01T09:59:59Z", "12:00", "13:30", null)]
    [InlineData("2026-07-01T10:00:00Z", "12:00", "13:30", "2026-07-01T11:30:00Z")]
    // From a time that the clocks skip until one that they skip: there is nothing between.
    [InlineData("2026-03-29T01:10:00Z", "02:10", "02:50", null)]
    public void Quiet_hours_are_the_zones_and_mind_its_summer_time(string at, string from, string to, string? end) => Assert.Equal(
        end is null ? null : DateTimeOffset.Parse(end, null),
        QuietSpan.Of(new() { From = from, To = to, Zone = "Europe/Berlin" })!.EndOf(DateTimeOffset.Parse(at, null)));

    [Fact]
    public void The_screen_sorts_out_only_who_rests_by_no_policy()
    {
        Assert.Equal((10f, TimeSpan.FromMinutes(30)), (Policies().Widest.CpuPercent, Policies().Widest.Span));
        Assert.Equal(TimeSpan.FromHours(1), new IdlePolicies(Options.Create(new IdleShutdownOptions { Minutes = 1_440 })).Widest.Span);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "duplicate name", "2 policies with the name 'a'" },
        { "same vms", "'a' and 'b' are for the same VMs" },
        { "nobody's", "exactly one of Tag, Owner and Plan" },
        { "two matches", "exactly one of Tag, Owner and Plan" },
        { "tag without value", "Tag is 'env'; it must be key=value" },
        { "no name", "Name must be 1 to 64 characters" },
        { "default's name", "Name must be 1 to 64 characters, and not 'default'" },
        { "silent too short", "WithoutAgent is '60'; it must be never or 120" },
        { "unknown zone", "'Europe/Bonn' is no time zone; take a name of the IANA database" },
        { "empty hours", "the hours from 07:00 to 07:00 are empty" },
        { "unreadable hour", "'7 pm' is no time of day such as 22:00" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_policy_that_makes_no_sense_is_named_with_its_mend(string what, string told)
    {
        IdlePolicyOptions a = new() { Name = "a", Owner = "ann" }, b = new() { Name = "b", Owner = "bob" };
        switch (what)
        {
            case "duplicate name": b.Name = "a"; break;
            case "same vms": b.Owner = "ann"; break;
            case "nobody's": a.Owner = null; break;
            case "two matches": a.Plan = "free"; break;
            case "tag without value": (a.Owner, a.Tag) = (null, "env"); break;
            case "no name": a.Name = " "; break;
            case "default's name": a.Name = "default"; break;
            case "silent too short": (a.Minutes, a.WithoutAgent) = (120, "60"); break;
            case "unknown zone": a.QuietHours = new() { From = "22:00", To = "07:00", Zone = "Europe/Bonn" }; break;
            case "empty hours": a.QuietHours = new() { From = "07:00", To = "07:00" }; break;
            default: a.QuietHours = new() { From = "7 pm", To = "07:00" }; break;
        }

        var result = new IdleShutdownOptionsValidator().Validate(null, new IdleShutdownOptions { Policies = [a, b] });
        Assert.True(result.Failed);
        Assert.Contains(told, result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("IdleShutdown:Policies", result.FailureMessage, StringComparison.Ordinal);
        Assert.False(new IdleShutdownOptionsValidator().Validate(null, Section).Failed);
    }

    [Fact]
    public void A_range_is_checked_in_each_policy()
    {
        var ranges = new IdleShutdownRanges();
        Assert.Contains("Minutes", ranges.Validate(null, new IdleShutdownOptions { Policies = [new() { Name = "a", Owner = "x", Minutes = 29 }] }).FailureMessage, StringComparison.Ordinal);
        Assert.False(ranges.Validate(null, new IdleShutdownOptions { Minutes = 1_440, Policies = [new() { Name = "a", Owner = "x", Minutes = 30 }] }).Failed);
    }

    private static IdlePolicies Policies() => new(Options.Create(Section));

    private static IEnumerable<Keeper> Keepers(IdlePolicy policy) => RecordKeepers.Of(Vm("bob", null), Now, policy, new IdleOptions());

    private static IdleRecord Vm(string owner, string? plan, params string?[] tags) => new(
        "i-1", 1, owner, plan, "running", Now.AddDays(-3), null, null,
        tags.OfType<string>().Select(tag => tag.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]), "m5.large", 2,
        new StatusFacts(CheckState.Ok, CheckState.Ok, CheckState.Ok, null), null, false, null, false);
}
