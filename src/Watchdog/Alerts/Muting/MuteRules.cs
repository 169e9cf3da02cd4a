using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts.Muting;

/// <summary>Why an incident is not told now: silences first, then maintenance, a storm, inhibition, and quiet hours. Pure.</summary>
public static class MuteRules
{
    /// <summary>The reason; null where nothing mutes it.</summary>
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

        if (inStorm)
        {
            return "abuse broke out in several places at once: it is told as one";
        }

        return Inhibition.Of(Inhibition.Seen(incident, now) with { Severity = severity }, open) is { } explained ? explained
            : severity <= options.QuietUpTo && options.Quiet.Hold(at) ? $"quiet hours, {options.Quiet.Words}: it is {severity.ToString().ToLowerInvariant()} only" : null;
    }
}
