using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Inventory;

namespace Watchdog.Tests.Detection;

/// <summary>What the pure decisions are asked about.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly DetectionOptions Options = new();
    /// <summary>Version of the indicators in force.</summary>
    public const string Indicators = "2026-03-01";
    private static readonly Vm Vm = new("i-1", 1, 7, "owner", null, "running", Now.AddDays(-30), "m5.large", 2, null, null, null, Now.AddDays(-30), null);

    public static Suspect Suspect(SuspectStage stage = SuspectStage.Inspection, SuspectDetail? detail = null, int looks = 0, string? command = null) =>
        new("i-1", 1, 7, "miner", stage, Now.AddHours(-1), Now.AddHours(-1), stage == SuspectStage.Benign ? Now.AddDays(10) : Now, looks, command, detail ?? new());

    public static TriageResult Plateau(TriageOutcome outcome = TriageOutcome.Suspicion, float level = 98, double network = 20, DateTimeOffset? onset = null) =>
        new(outcome, FindingClass.Miner, onset ?? Now.AddHours(-1), level, 4, 560, network, 0.01, false, "Told.", []);

    public static Subject Subject(Suspect? before, ScreenOutcome outcome = ScreenOutcome.Novel, float level = 98, DateTimeOffset? onset = null, StatusFacts? status = null) =>
        new(Vm, status, before, [])
        {
            Screen = new ScreenResult(outcome, onset ?? Now.AddHours(-1), level, 10, 9, 9, 60),
            Cpu = new Points(Now.AddHours(-3), 300, [.. Enumerable.Repeat(level, 36)]),
        };

    public static GuestSnapshot Snapshot() => new(
        Now, true, 9000, 2, 2, 2, 98, 1, 0, 0, 0.2, 90, 120,
        [new GuestProcess(7, 1, 1000, "python3", "/usr/bin/python3", "python3 train.py", 5000, 9900, 4, 1000, false, "home")], [], [], 0, false, null, null, [], []);

    public static Finding Finding(Verdict verdict, params Evidence[] evidence) => new(FindingClass.Miner, verdict, 0.95, "Told.", evidence);

    public static CaseFacts Facts(GuestReading guest) => new(new VmFacts("i-1", "m5.large", 2, null, null), Now, HypervisorFacts.Unknown, null, guest, ConsoleReading.Absent);
}
