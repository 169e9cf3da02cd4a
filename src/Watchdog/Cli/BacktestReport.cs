using System.Text.Encodings.Web;
using System.Text.Json;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Replaying;
using Watchdog.Sweeps.Backtesting;

namespace Watchdog.Cli;

/// <summary>What a backtest found.</summary>
/// <param name="VmDays">Days with data, over all VMs.</param>
/// <param name="Current">Figures of the current rules; null without labels.</param>
/// <param name="Changed">Figures of the changed rules; null without labels.</param>
internal sealed record BacktestResult(int Vms, double VmDays, int CurrentAlarms, int ChangedAlarms, AlarmDiff Diff, Score? Current, Score? Changed);

/// <summary>The same as JSON; its names are a contract.</summary>
internal sealed record BacktestReport(
    int Vms, double VmDays, int CurrentAlarms, int ChangedAlarms, int Same, IReadOnlyList<BacktestAlarm> Added, IReadOnlyList<BacktestAlarm> Removed,
    IReadOnlyList<BacktestMove> Moved, ReplayReport? Current, ReplayReport? Changed)
{
    public static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BacktestReport Of(BacktestResult of) => new(
        of.Vms, Math.Round(of.VmDays, 1), of.CurrentAlarms, of.ChangedAlarms, of.Diff.Same, [.. of.Diff.Added.Select(AlarmOf)], [.. of.Diff.Removed.Select(AlarmOf)],
        [.. of.Diff.Moved.Select(moved => new BacktestMove(
            moved.Current.InstanceId, Finding.NameOf(moved.Current.Class), moved.Current.OpenedAt, moved.Changed.OpenedAt, moved.Minutes))],
        of.Current is null ? null : ReplayReport.Of(of.Vms, of.CurrentAlarms, 0, of.Current),
        of.Changed is null ? null : ReplayReport.Of(of.Vms, of.ChangedAlarms, 0, of.Changed));

    private static BacktestAlarm AlarmOf(Alarm alarm) => new(alarm.InstanceId, Finding.NameOf(alarm.Class), alarm.OpenedAt, alarm.Score, alarm.Reason);
}

/// <summary>An alarm that only one of the rules raises.</summary>
internal sealed record BacktestAlarm(string InstanceId, string Class, DateTimeOffset OpenedAt, double Score, string Reason);

/// <summary>An alarm that both raise, at different instants.</summary>
internal sealed record BacktestMove(string InstanceId, string Class, DateTimeOffset Current, DateTimeOffset Changed, double Minutes);
