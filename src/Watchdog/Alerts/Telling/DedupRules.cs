namespace Watchdog.Alerts.Telling;

/// <summary>What follows from a look at an incident.</summary>
public enum Outcome
{
    /// <summary>Nobody is told anything.</summary>
    None,
    /// <summary>Tell a person, under a new deduplication key; what was told under the old one is resolved.</summary>
    Page,
    /// <summary>Show it as it is now.</summary>
    Update,
    /// <summary>It is over.</summary>
    Resolve,
}

/// <summary>A decision and its reason.</summary>
/// <param name="DueAt">When to look again, news or not.</param>
/// <param name="EmptySince">What the incident's <c>empty_since</c> becomes.</param>
public sealed record Verdict(Outcome Outcome, string Reason, DateTimeOffset DueAt, DateTimeOffset? EmptySince);

/// <summary>Whether on-call is told of an incident now. Pure; fleet time.</summary>
public static class DedupRules
{
    /// <summary>Between two pages of one incident, whatever happens: what comes together is told together.</summary>
    public static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(30);

    /// <summary>Between two updates in place.</summary>
    public static readonly TimeSpan BetweenUpdates = TimeSpan.FromMinutes(1);

    /// <summary>How many times as large as at the last page it pages again.</summary>
    public const int Growth = 10;

    // Nothing is looked at later than this: an instant further ahead was written by a clock that has stepped back since.
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(10);

    /// <summary>Decides.</summary>
    /// <param name="severity">As it is now.</param>
    /// <param name="muted">Why nobody is to be told; null where nothing mutes it.</param>
    /// <param name="differs">Whether what would be told differs from what was told last.</param>
    /// <param name="quiet">How long it is empty before it is over.</param>
    public static Verdict Decide(IncidentState incident, IncidentTally now, Severity severity, string? muted, bool differs, TimeSpan quiet, DateTimeOffset at)
    {
        var told = incident.Generation > 0;
        var settled = at >= incident.SettlesAt || incident.SettlesAt - at > Horizon;
        if (now.Live == 0)
        {
            // A clock that stepped back counts the quiet period anew; it never cuts it short.
            var since = incident.EmptySince is { } known && known <= at ? known : at;
            var over = since + quiet;
            if (!told && settled && muted is null && now.All > 0 && KindTable.Of(incident.Key.Kind).ToldWhenOver)
            {
                return new(Outcome.Page, "it has settled, and is over already", over, since);
            }

            return at < over ? new(Outcome.None, "it is empty; it is over when it stays so", Sooner(over), since)
                : new(Outcome.Resolve, told ? "it stayed empty for the quiet period" : "it was over before anybody was told", at, since);
        }

        if (!settled)
        {
            return new(Outcome.None, "it settles: what comes together is told together", incident.SettlesAt, null);
        }

        if (muted is not null)
        {
            return new(Outcome.None, muted, at + BetweenUpdates, null);
        }

        if (!told || incident.Paged is not { } paged)
        {
            return new(Outcome.Page, "it is new and has settled", at + BetweenPages, null);
        }

        if (Again(paged, now, severity) is { } again)
        {
            var next = paged.At + BetweenPages;
            return at >= next || next - at > BetweenPages
                ? new(Outcome.Page, again, at + BetweenPages, null)
                : new(Outcome.None, "it pages again when what comes together has come", next, null);
        }

        if (!differs)
        {
            return new(Outcome.None, "nothing differs from what was told", at + Horizon, null);
        }

        var update = (incident.ToldAt ?? at) + BetweenUpdates;
        return at >= update || update - at > BetweenUpdates
            ? new(Outcome.Update, "what is told differs", at + BetweenUpdates, null)
            : new(Outcome.None, "it was told of less than a minute ago", update, null);

        DateTimeOffset Sooner(DateTimeOffset due) => due < at + Horizon ? due : at + Horizon;
    }

    private static string? Again(Paged paged, IncidentTally now, Severity severity)
    {
        if (severity > paged.Severity)
        {
            return $"it is {Word(severity)} now and was {Word(paged.Severity)}";
        }

        if (now.Size >= (long)Growth * Math.Max(1, paged.Size))
        {
            return FormattableString.Invariant($"it has grown from {paged.Size} to {now.Size}");
        }

        if (now.Failing && !paged.Failing)
        {
            return "an act on it fails";
        }

        var joined = now.ByRegion.Select(region => region.Name).Except(paged.Regions, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault();
        return joined is null ? null : $"it has reached {joined}";
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
