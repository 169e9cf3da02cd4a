using Watchdog.Inventory;
using Watchdog.Reports.Abuse;

namespace Watchdog.Tests.Reports.Abuse;

public sealed class AddressAnswerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    // i-1 was first listed with it at minute 10 (not at 9), last at 50, no longer at 51; i-2 has it from 60 on.
    [Theory]
    [InlineData(9, "")]
    [InlineData(9.5, "i-1 between")]
    [InlineData(10, "i-1 held")]
    [InlineData(50, "i-1 held")]
    [InlineData(50.5, "i-1 between")]
    [InlineData(51, "")]
    [InlineData(59.5, "i-2 between")]
    [InlineData(60, "i-2 held")]
    [InlineData(600, "i-2 held")]
    public void An_interval_is_half_open_and_its_edges_lie_between_two_looks(double minute, string expected) =>
        Assert.Equal(expected, Written(AddressAnswer.Of(
            [Interval("i-1", 9, 10, 50, 51), Interval("i-2", 59, 60, null, null)], [Look(true, 0, 1_000)], Start.AddMinutes(minute))));

    [Fact]
    public void Where_nobody_looked_nothing_is_sure_and_the_span_is_named()
    {
        var answer = AddressAnswer.Of([Interval("i-1", null, 10, 50, 51)], [Look(false, 20, 40, "listing failed: away")], Start.AddMinutes(30));

        Assert.Equal("i-1 unseen", Written(answer));
        Assert.Contains("not seen from 2026-03-02 10:20:00Z to 2026-03-02 10:40:00Z (listing failed: away)", Assert.Single(answer.Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vm_listed_after_the_last_look_is_not_sure_to_have_it_still()
    {
        var answer = AddressAnswer.Of([Interval("i-1", null, 10, null, null)], [new ScopeLook(1, "k", null, null, null, null, Start.AddMinutes(50))], Start.AddMinutes(70));

        Assert.Equal("i-1 unseen", Written(answer));
        Assert.Contains("last complete listing before was that of 2026-03-02 10:50:00Z", Assert.Single(answer.Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_listing_of_all_it_is_not_known_who_had_it() =>
        Assert.Equal("i-1 between", Written(AddressAnswer.Of([Interval("i-1", null, 10, null, null)], [Look(null, 0, 0)], Start)));

    [Fact]
    public void A_later_holder_does_not_stand_for_an_earlier_one() =>
        Assert.Equal("", Written(AddressAnswer.Of([Interval("i-2", 59, 60, null, null)], [Look(true, 0, 1_000)], Start.AddMinutes(30))));

    private static AddressInterval Interval(string vm, double? after, double from, double? last, double? to) => new(
        "198.51.100.7", vm, 1, "eni-1", "ann", null, Start.AddMinutes(from), At(after), At(to), At(last));

    private static ScopeLook Look(bool? seen, double from, double to, string? detail = null) =>
        new(1, "k", seen, seen is null ? null : At(from), seen is null ? null : At(to), detail, null);

    private static DateTimeOffset? At(double? minute) => minute is { } m ? Start.AddMinutes(m) : null;

    private static string Written(AddressAnswer of) =>
        string.Join(' ', of.Holders.Select(h => $"{h.Interval.InstanceId} {h.Certainty.ToString().ToLowerInvariant()}"));
}
