using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts.Muting;

/// <summary>Why an incident, or a part of it, is not told now: silences first, then maintenance, a storm, inhibition, and quiet hours. Pure.</summary>
public static class MuteRules
{
    /// <summary>The reason; null where nothing mutes it.</summary>
    /// <param name="now">Without the members that <see cref="OfMembers"/> leaves out.</param>
    /// <param name="open">Every incident that is on.</param>
    /// <param name="inStorm">Whether a storm has gathered it.</param>
    public static string? Of(
        IncidentState incident, IncidentTally now, Severity severity, IReadOnlyList<Silence> silences, MutingOptions options, IReadOnlyList<OpenIncident> open, bool inStorm, DateTimeOffset at)
    {
        if (silences.FirstOrDefault(one => one.Holds(at) && one.Matcher.Matches(incident.Key, severity, now)) is { } silence)
        {
            return FormattableString.Invariant($"silence {silence.Id} by {silence.Author}: {silence.Reason}");
        }

        if (options.Maintenance.FirstOrDefault(one => at >= one.From && at < one.Until && one.Match.Matches(incident.Key, severity, now)) is { } window)
        {
            return $"maintenance: {window.Reason}";
        }

        if (now.AllSilenced)
        {
            return "silences hold for each of its members";
        }

        if (inStorm)
        {
            return "abuse broke out in several places at once: it is told as one";
        }

        return Inhibition.Of(Inhibition.Seen(incident, now) with { Severity = severity }, open) is { } explained ? explained
            : severity <= options.QuietUpTo && options.Quiet.Hold(at) ? $"quiet hours, {options.Quiet.Words}: it is {severity.ToString().ToLowerInvariant()} only" : null;
    }

    /// <summary>The silences and maintenance windows that hold for some members of an incident: those are not told, the others are.</summary>
    public static IReadOnlyList<Matcher> OfMembers(IncidentKey key, Severity severity, IReadOnlyList<Silence> silences, MutingOptions options, DateTimeOffset at) =>
    [
        .. silences.Where(one => one.Holds(at)).Select(one => one.Matcher)
            .Concat(options.Maintenance.Where(one => at >= one.From && at < one.Until).Select(one => one.Match))
            .Where(one => (one.Region ?? one.Owner ?? one.Plan) is not null && one.MatchesSome(key, severity)),
    ];
}
