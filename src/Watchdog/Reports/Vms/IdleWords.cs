using Watchdog.IdleShutdown;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Vms;

/// <summary>Tells how a VM stands with regard to idle stops; pure.</summary>
public static class IdleWords
{
    /// <summary>Whether it would be stopped and when, in a sentence or two.</summary>
    public static string Verdict(IdleStanding idle, DateTimeOffset now) => idle switch
    {
        { Watched: null } => "Its CPU does not rest, so that nobody looks any closer: it is not stopped as long as that is so.",
        { Watched: { Verdict: null, Since: var since } } => $"Its CPU rests since {Say.Minute(since)}; it was not looked at more closely yet.",
        { Watched: { Verdict: { } verdict, Since: var since } } when idle.StopsAt is { } at => at <= now
            ? $"Nothing keeps it: its CPU rests since {Say.Minute(since)}. {verdict.Reason}" : $"Its CPU rests since {Say.Minute(since)}. If nothing changes it is stopped from {Say.Minute(at)} on.",
        { Watched: { Since: var since } } => $"Its CPU rests since {Say.Minute(since)}, and something keeps it: it is not stopped as long as that is so.",
    };

    /// <summary>What keeps it: what inventory says now, and of the last closer look what that cannot know.</summary>
    public static IEnumerable<Keeper> Keepers(IdleStanding idle) =>
        idle.Keepers.Concat((idle.Watched?.Verdict?.Keepers ?? []).Where(found => idle.Keepers.All(now => now.Code != found.Code)));
}
