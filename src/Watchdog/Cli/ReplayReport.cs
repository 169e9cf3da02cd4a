using System.Text.Json;
using Watchdog.Detectors.Replaying;

namespace Watchdog.Cli;

/// <summary>The replay's figures as JSON; an undefined figure (no events, no alarms) is null.</summary>
internal sealed record ReplayReport(
    int Vms, int Alarms, int LinesLeftOut, double? Precision, double? Recall, int? FalseEpisodes, double? VmDays, double? FalsePer1000VmDays,
    IReadOnlyDictionary<string, ReplayClass>? Classes, IReadOnlyDictionary<string, ReplayClass>? Kinds,
    IReadOnlyDictionary<string, double>? FalsePer1000VmDaysByStratum, int? IdleOpened, int? IdleOpenedInUse, int? IdleOpenedUnpublishedUse,
    IReadOnlyList<Mistake>? Misses, IReadOnlyList<Mistake>? FalseAlarms)
{
    public static readonly JsonSerializerOptions Shape = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static ReplayReport Of(int vms, int alarms, int leftOut, Score? score) => new(
        vms, alarms, leftOut, Defined(score?.Precision), Defined(score?.Recall), score?.FalseEpisodes, Defined(score?.VmDays),
        Defined(score?.FalsePerThousandVmDays), Rows(score?.Classes), Rows(score?.Kinds), score?.FalseByStratum, score?.IdleOpened, score?.IdleInUse, score?.IdleUnpublishedUse,
        score?.Misses, score?.FalseAlarms);

    private static Dictionary<string, ReplayClass>? Rows(IReadOnlyDictionary<string, ClassScore>? rows) =>
        rows?.ToDictionary(row => row.Key, row => new ReplayClass(row.Value.Events, row.Value.Hit, row.Value.RightClass,
            Defined(row.Value.Recall), Defined(row.Value.MedianMinutes), Defined(row.Value.P90Minutes)));

    private static double? Defined(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>One class or kind.</summary>
internal sealed record ReplayClass(int Events, int Hit, int RightClass, double? Recall, double? MedianMinutes, double? P90Minutes);
