using Watchdog.Detectors.Idle;

namespace Watchdog.IdleShutdown.Schedules;

/// <summary>
/// Whether a VM may be stopped because its schedule says so; pure. All that keeps a VM from an idle stop keeps it from this one, but for the time that its
/// metrics must have rested: who is inside is asked, not for how long nobody was. Without an agent the metrics alone speak, for the policy's longer time.
/// </summary>
public static class ScheduledStops
{
    /// <summary>Judges a VM by all that is known.</summary>
    /// <param name="occurrence">The time of the schedule that is to be seen to.</param>
    public static IdleVerdict Judge(IdleFacts facts, IdlePolicy policy, IdleOptions detector, DateTimeOffset occurrence)
    {
        List<Keeper> keepers =
        [
            .. Late(facts.Now, policy, occurrence),
            .. RecordKeepers.Of(facts.Record, facts.Now, policy, detector),
            .. facts.Guest is { Answers: false } && policy.SilentRest is { } silent ? MetricKeepers.Of(facts.Metrics, silent, policy) : [],
            .. GuestKeepers.Of(facts.Guest, facts.Now, policy),
        ];
        return keepers.Count > 0 ? new IdleVerdict(facts.Now, keepers) : new IdleVerdict(facts.Now, [], $"{Reason(policy, occurrence)} " + (facts.Guest!.Answers
            ? "Inside there is no session, no inbound connection and no process at work."
            : FormattableString.Invariant($"Its agent does not answer, and its metrics have rested for {policy.SilentRest!.Value.TotalMinutes:0} min.")));
    }

    /// <summary>What an act says of itself.</summary>
    public static string Reason(IdlePolicy policy, DateTimeOffset occurrence) =>
        $"Schedule {policy.Schedule!.Name} of policy {policy.Name} stops it at {policy.Schedule.Words(occurrence)}.";

    private static IEnumerable<Keeper> Late(DateTimeOffset now, IdlePolicy policy, DateTimeOffset occurrence)
    {
        if (policy.Schedule is not { } schedule)
        {
            yield return new("schedule", "No schedule is for it any more.");
        }
        else if (!schedule.Stands(occurrence, now))
        {
            yield return new("schedule", FormattableString.Invariant(
                $"Its stop of {occurrence.UtcDateTime:yyyy-MM-dd HH:mm}Z is past its bound of {schedule.CatchUp.TotalMinutes:0} min, or schedule {schedule.Name} wants something else by now."));
        }
    }
}
