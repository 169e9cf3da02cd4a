using static System.FormattableString;

namespace Watchdog.Enforcement.Restraining;

/// <summary>What an answer means for its step.</summary>
public enum RestrainEnd
{
    /// <summary>It is as wanted.</summary>
    Done,
    /// <summary>The cap is in place; whether it holds is seen by asking again.</summary>
    AskAgain,
    /// <summary>It passed over nothing and may be asked for again.</summary>
    Retry,
    /// <summary>It cannot be done here, or does not hold.</summary>
    Failed,
}

/// <summary>The decision with its reason.</summary>
public sealed record RestrainVerdict(RestrainEnd End, string Reason);

/// <summary>
/// Judges the document's answers; pure. A cap counts when the kernel's own limit and membership were read back twice, at least a minute apart, and
/// the process took no more in between than the cap allows. A guest that lies about it goes on showing in the hypervisor's metrics, where its case
/// stays open.
/// </summary>
public static class RestrainRules
{
    // The kernel hands out slices of some milliseconds, and what was used before the first answer was not capped for all of it.
    private const double Slack = 1.25;

    /// <summary>Judges.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="answer">What the guest says now.</param>
    /// <param name="first">What it said the first time; null when this is the first.</param>
    public static RestrainVerdict Judge(Restraint asked, RestrainAnswer answer, RestrainAnswer? first)
    {
        var why = answer.Why.Length == 0 ? "" : $" ({answer.Why})";
        return (asked.Action, answer.State) switch
        {
            (RestraintActions.Cap, "capped") => Capped(asked, answer, first),
            (RestraintActions.End, "ended") => new(RestrainEnd.Done, "ended, and seen to be gone"),
            (RestraintActions.Lift, "lifted") => new(RestrainEnd.Done, $"no limit is left{why}"),
            (_, "gone") => new(RestrainEnd.Done, "the process is gone"),
            (_, "changed") => new(RestrainEnd.Done, "the process is gone, and its number another one's, which was left alone"),
            // A lift leaves nothing behind that would need one: only a guest that could start no program says so.
            (RestraintActions.Lift, _) => new(RestrainEnd.Retry, $"the guest did not lift it: {answer.State}{why}"),
            _ => new(RestrainEnd.Failed, $"the guest says {answer.State}{why}"),
        };
    }

    private static RestrainVerdict Capped(Restraint asked, RestrainAnswer answer, RestrainAnswer? first)
    {
        if (answer.Limit != asked.Limit || answer.Processes is null or 0)
        {
            return new(RestrainEnd.Failed, $"the limit that was read back is '{answer.Limit}' on {answer.Processes ?? 0} processes, not '{asked.Limit}'");
        }

        if (first is null)
        {
            return new(RestrainEnd.AskAgain, $"capped at {answer.Limit}");
        }

        if (answer.Outside > 0)
        {
            return new(RestrainEnd.Failed, $"{answer.Outside} processes of the crowd go on outside the cap");
        }

        var under = Invariant($"{answer.Processes} processes under '{answer.Limit}'");
        var seconds = answer.UpSeconds - first.UpSeconds;
        if (answer.UsedTicks is not { } used || first.UsedTicks is not { } before || seconds <= 0)
        {
            return new(RestrainEnd.Done, $"read back twice: {under}");
        }

        var percent = (used - before) / seconds;
        return percent <= asked.CpuPercent * Slack
            ? new(RestrainEnd.Done, Invariant($"read back twice: {under}, and process {asked.Pid} took {percent:0} % of a core in {seconds:0} s"))
            : new(RestrainEnd.Failed, Invariant($"process {asked.Pid} took {percent:0} % of a core in {seconds:0} s under a cap of {asked.CpuPercent} %"));
    }
}
