using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detection;

/// <summary>How far the look at a VM has gone.</summary>
public enum SuspectStage
{
    /// <summary>High lately: screened more often, nothing more.</summary>
    Hot,
    /// <summary>A new plateau whose context could not be read yet: triage is owed.</summary>
    Triage,
    /// <summary>Looked at from inside, until cleared or gone quiet.</summary>
    Inspection,
    /// <summary>Found benign; remembered so that the same plateau costs no second look.</summary>
    Benign,
    /// <summary>A new plateau at a remembered level: one look is owed, whether the remembered program runs it.</summary>
    Recall,
}

/// <summary>A VM that has more attention than the screen gives, as table <c>suspect</c> keeps it between two runs.</summary>
/// <param name="Class">What it most looks like, as <c>Finding.NameOf</c> writes it; <c>unknown</c> while it is only hot.</param>
/// <param name="Onset">Start of the plateau or impairment, by the data.</param>
/// <param name="DueAt">Fleet instant of the next look; for <see cref="SuspectStage.Benign"/> when the memory ends.</param>
/// <param name="Looks">Looks inside that ended, with a snapshot or without.</param>
/// <param name="CommandId">SSM command on its way; null when none is.</param>
public sealed record Suspect(
    string InstanceId, short Scope, short Shard, string Class, SuspectStage Stage, DateTimeOffset Onset, DateTimeOffset OpenedAt,
    DateTimeOffset DueAt, int Looks, string? CommandId, SuspectDetail Detail)
{
    /// <summary>Class of a suspect that is only hot.</summary>
    public const string Unknown = "unknown";
}

/// <summary>What a suspect's looks found so far.</summary>
public sealed record SuspectDetail
{
    /// <summary>Triage's answer; null before it, and for suspects of the status checks.</summary>
    public TriageResult? Triage { get; init; }
    /// <summary>The look inside, as the detectors read it.</summary>
    public GuestReading? Guest { get; init; }
    /// <summary>The console's text; null when none was had.</summary>
    public ConsoleReading? Console { get; init; }
    /// <summary>When the command on its way was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }
    /// <summary>When the last look inside ended.</summary>
    public DateTimeOffset? LookedAt { get; init; }
    /// <summary>When the plateau was triaged.</summary>
    public DateTimeOffset? TriagedAt { get; init; }
    /// <summary>When the detectors were last asked.</summary>
    public DateTimeOffset? JudgedAt { get; init; }
    /// <summary>Version of the indicators by which it was judged last; null before.</summary>
    public string? Indicators { get; init; }
    /// <summary>The plateau that a look inside explained.</summary>
    public ClearedPlateau? Cleared { get; init; }
    /// <summary>Hysteresis of classes whose episode is not open.</summary>
    public IReadOnlyDictionary<FindingClass, EpisodeState>? Hysteresis { get; init; }
}

/// <summary>A plateau that a look inside explained: at its level and I/O the VM is not looked into again for a while.</summary>
/// <param name="At">When it was cleared.</param>
/// <param name="Level">CPU percent.</param>
/// <param name="NetworkPerCoreSecond">Added network bytes a core-second; NaN when unknown.</param>
/// <param name="DiskPerCoreSecond">Added disk operations a core-second; NaN when unknown.</param>
/// <param name="Indicators">Version of the indicators by which it was cleared: by others it is not.</param>
/// <param name="Executable">Path of the program that had the most of the CPU, cut and cleaned; null when unknown: then level and I/O alone tell.</param>
public sealed record ClearedPlateau(
    DateTimeOffset At, float Level, double NetworkPerCoreSecond, double DiskPerCoreSecond, string? Indicators, string? Executable = null)
{
    private const float LevelPoints = 10;
    private const double Factor = 2;

    /// <summary>Whether a CPU percent is within ten points of the plateau's.</summary>
    public bool IsAtLevel(float level) => MathF.Abs(level - Level) <= LevelPoints;

    /// <summary>Whether a plateau is at the same level and I/O: within ten points and a factor of two.</summary>
    public bool Covers(TriageResult plateau) =>
        IsAtLevel(plateau.Level) && Alike(plateau.NetworkPerCoreSecond, NetworkPerCoreSecond, 10)
        && Alike(plateau.DiskPerCoreSecond, DiskPerCoreSecond, 0.1);

    // Both unknown are alike; under the floor nothing is told apart.
    private static bool Alike(double a, double b, double floor) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a) && double.IsNaN(b)
        : Math.Max(a, floor) <= Math.Max(b, floor) * Factor && Math.Max(b, floor) <= Math.Max(a, floor) * Factor;
}
