using System.Text.Json;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detectors.Tests;

/// <summary>Facts that tests start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The indicators that the worker ships.</summary>
    public static readonly IndicatorSet Indicators = Shipped();

    public static readonly StatusFacts AllOk = new(CheckState.Ok, CheckState.Ok, CheckState.Ok, null);

    public static VmFacts Vm(int vcpus = 2, double hoursUp = 240, StatusFacts? status = null, string type = "m5.large")
        => new("i-0123456789abcdef0", type, vcpus, Noon.AddHours(-hoursUp), status);

    public static StatusFacts InstanceImpaired(double minutes) => new(CheckState.Impaired, CheckState.Ok, CheckState.Ok, Noon.AddMinutes(-minutes));

    /// <summary>Points of 300 s that end at noon.</summary>
    public static MetricWindow Until(DateTimeOffset end, params float[] values) => new(end.AddSeconds(-300d * values.Length), 300, values);

    /// <summary>A run of equal points.</summary>
    public static float[] Flat(int count, float value) => Enumerable.Repeat(value, count).ToArray();

    /// <summary>A level before and one after, with a little deterministic unrest.</summary>
    public static float[] Step(int before, float low, int after, float high)
        => [.. Enumerable.Range(0, before).Select(i => low * (1 + (0.1f * ((i % 3) - 1)))), .. Enumerable.Range(0, after).Select(i => high + (0.1f * ((i % 3) - 1)))];

    public static HypervisorFacts Cpu(float recent, float usual = 2) => HypervisorFacts.Unknown with { RecentCpu = recent, UsualCpu = usual };

    public static TriageResult SuspiciousPlateau(float level = 99, FindingClass @class = FindingClass.Miner) => new(TriageOutcome.Suspicion, @class,
        Noon.AddMinutes(-45), level, 2, 300, 10, 0, false, "CPU rose and nothing else did.",
        [
            Weights.NovelPlateau.Because("CPU rose."),
            Weights.Flat.Because("It is flat."),
            Weights.NoAddedNetwork.Because("Traffic did not rise."),
        ]);

    /// <summary>The same plateau beside traffic and disk work that explain it.</summary>
    public static TriageResult ExplainedPlateau(float level = 99) => SuspiciousPlateau(level) with
    {
        Outcome = TriageOutcome.Explained,
        Evidence = [Weights.NovelPlateau.Because("CPU rose."), Weights.NetworkExplains.Because("Traffic rose with it."), Weights.DiskExplains.Because("Disk work rose with it.")],
    };

    public static CaseFacts Case(GuestSnapshot? guest = null, float cpu = 99, int vcpus = 2, bool plateau = true)
        => new(Vm(vcpus, status: AllOk), Noon, Cpu(cpu), plateau ? SuspiciousPlateau(cpu) : null,
            guest is null ? GuestReading.NotAsked : GuestReading.Of(guest), ConsoleReading.Absent) { Indicators = Indicators };

    // The shipped data; the worker's own reader checks it (Watchdog.Tests).
    private static IndicatorSet Shipped()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "indicators.json")));
        return new IndicatorSet(file.RootElement.GetProperty("version").GetString()!, [.. file.RootElement.GetProperty("indicators").EnumerateArray().Select(static entry =>
            new Indicator(Enum.Parse<IndicatorKind>(entry.GetProperty("kind").GetString()!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), entry.GetProperty("value").ToString()))]);
    }
}
