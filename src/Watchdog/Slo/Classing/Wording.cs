using System.Globalization;
using Watchdog.Detectors.Facts;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>Says what decided, with its numbers and the row that it comes from.</summary>
internal static class Wording
{
    /// <summary>The lines of one ground, the decisive one first.</summary>
    public static IEnumerable<EvidenceLine> Of(Ground ground)
    {
        if (ground.Gap is { } gap)
        {
            yield return Blind(gap);
        }

        if (ground.Hold is { } hold)
        {
            yield return Held(hold);
            if (hold.Case is { } file)
            {
                yield return Ruled(hold, file);
            }
        }

        if (ground.Check is { } check)
        {
            yield return Checked(check, ground);
        }

        if (ground.Boot is { } boot)
        {
            yield return new($"vm_transition:{ground.State.Id}", $"the boot began {At(boot)}");
        }

        yield return State(ground);
    }

    private static EvidenceLine Blind(Gap gap) => new(
        gap.Told is { } told ? $"scope_coverage:{told.Id}" : $"scope_coverage of scope {gap.Scope}",
        $"no complete {gap.What} listing of the scope {(gap.Since is { } since ? $"after {At(since)}" : "before")}"
        + $"{(gap.Until is { } until ? $" until {At(until)}" : gap.Since is null ? " now" : " so far")}"
        + $": {gap.Told?.Detail ?? "nothing was recorded"}");

    private static EvidenceLine Held(HoldFact hold) => new(
        $"act:{hold.Act}",
        $"{hold.Kind switch { HoldKind.Isolation => "isolated by Watchdog", HoldKind.Stop => "stopped by Watchdog", _ => "stopped by Watchdog as idle" }}"
        + $" {At(hold.From)}{(hold.Until is { } until ? $", undone {At(until)}" : "")}{(hold.Case is { } file ? $", case {file}" : "")}");

    private static EvidenceLine Ruled(HoldFact hold, long file) => new(
        $"ruling of case:{file}",
        hold.Ruling is null ? "nobody has ruled on it" : $"ruled {hold.Ruling}{(hold.RuledAt is { } at ? $" {At(at)}" : "")}");

    private static EvidenceLine Checked(CheckFact check, Ground ground) => new(
        $"event:{check.Id}",
        $"checks: instance {Name(check.Instance)}, system {Name(check.System)}, ebs {Name(check.Ebs)}, read {At(check.SeenAt)}"
        + $"{(check.ImpairedSince is { } since ? $", impaired since {At(since)}" : "")}{(ground.BackDated ? ", dated back" : "")}"
        + (ground.Cause is Cause.Maintenance or Cause.AnnouncedMaintenance
            ? $"; announced: {string.Join(", ", check.Events.Select(e => $"{e.Code} {At(e.NotBefore)} to {At(e.NotAfter)}"))}" : ""));

    private static EvidenceLine State(Ground ground)
    {
        var state = ground.State;
        var text = $"{state.State} {At(state.At)}";
        if (PowerLine.KindOf(state.State) == PowerKind.Down)
        {
            text += $", {ground.Reason?.Reason ?? state.Reason ?? "EC2 gives no reason"}";
        }

        text += $", seen {At(state.SeenAt)}";
        if (ground.Cause is Cause.User or Cause.StopUnexplained)
        {
            text += "; no act of Watchdog's is behind it";
        }

        return new($"vm_transition:{state.Id}", text);
    }

    private static string At(DateTimeOffset? at) =>
        at is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "unknown";

    private static string Name(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Impaired => "impaired",
        CheckState.Initializing => "initializing",
        _ => "insufficient-data",
    };
}
