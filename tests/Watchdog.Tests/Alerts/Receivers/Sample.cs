using Watchdog.Alerts;
using Watchdog.Alerts.Notifications;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>Notifications for tests.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static Notification Of(NotificationKind kind = NotificationKind.Page, long incident = 7, int generation = 1, int sequence = 1, DateTimeOffset? at = null) => new(
        incident, generation, sequence, kind, new("abuse", "miner", "123456789012/us-east-1"), Severity.Critical, "us-east-1", false,
        "300 VMs mine in us-east-1", "300 VMs of 12 owners run xmrig.", at ?? At, (at ?? At).AddMinutes(-9), at ?? At, kind == NotificationKind.Resolve ? at ?? At : null, 300, 12, 41.5m,
        "It is new.", [new("alice", 200), new("bob", 100)], [new("us-east-1", 300)], [new("m5.large", 300)],
        [new("case:17", "i-1", "alice", "CPU 99 % for 40 min; process xmrig", "https://watchdog.example.com/cases/17")], ["280 are isolated."], true,
        "Review the cases.", false, new("https://watchdog.example.com/incidents/7", null, "https://runbooks.example.com/WatchdogAbuse", null, null, null));

    /// <summary>One with texts that a hostile guest might have chosen, of any length.</summary>
    public static Notification Hostile(int seed)
    {
        var chance = new Random(seed);
        string[] pieces = ["<!here>", "<!channel|x>", "@here", "@channel", "&amp;", "<", ">", "&", "\"", "\\", "\u0000", "\u202e", "😀", "\ud800", "é", "`", "*", "_", "|", "\n", "${jndi:x}", "{{ .X }}", "a", " "];
        var longest = new[] { 0, 1, 30, 400, 3_000 }[chance.Next(5)];
        return new(
            chance.NextInt64(), chance.Next(), chance.Next(), (NotificationKind)chance.Next(3), new(Text(), Text(), Text()), (Severity)chance.Next(4), chance.Next(2) == 0 ? null : Text(),
            chance.Next(2) == 0, Text(), string.Concat(Enumerable.Repeat(Text(), chance.Next(20))), At, At.AddHours(chance.Next(-100, 100)), At, chance.Next(2) == 0 ? null : At, chance.Next(), chance.Next(), chance.Next(2) == 0 ? null : chance.Next(), Text(),
            Tallies(), Tallies(), Tallies(), [.. Enumerable.Range(0, chance.Next(30)).Select(_ => new WorstMember(Text(), Text(), Text(), Text(), Text()))],
            [.. Enumerable.Range(0, chance.Next(30)).Select(_ => Text())], chance.Next(2) == 0, Text(), chance.Next(2) == 0,
            new("https://x.example.com/" + new string('a', chance.Next(1, 4_000)), Text(), "https://x.example.com/?a=1&b=<|>", null, null, null));

        string Text() => string.Concat(Enumerable.Range(0, chance.Next(longest + 1)).Select(_ => pieces[chance.Next(pieces.Length)]));
        IReadOnlyList<Tally> Tallies() => [.. Enumerable.Range(0, chance.Next(40)).Select(_ => new Tally(Text(), chance.Next()))];
    }
}
