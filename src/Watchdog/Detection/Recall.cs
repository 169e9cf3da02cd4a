using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detection;

/// <summary>
/// Memory by program. A new plateau at a remembered level is looked into once, for nothing, in triage's place: where the remembered program has the
/// CPU again, that is all; where another has it, the memory is void, lest a miner hide for days at the level of yesterday's build. Pure.
/// </summary>
public static class Recall
{
    /// <summary>How long the look may be owed before level and I/O have to tell.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Whether the subject's plateau is new and may be one that is remembered by its program.</summary>
    public static bool IsDue(Subject subject, DateTimeOffset now, string indicators) =>
        subject is { Screen: { Suspicious: true } screen, After: { Stage: SuspectStage.Benign, Detail: { Triage: not null, Cleared: { Executable: not null } cleared } } known }
        && known.DueAt > now && cleared.Indicators == indicators && known.Detail.Indicators == indicators && cleared.IsAtLevel(screen.Level)
        && !Plateaus.Continues(known, screen, subject.Cpu, now);

    /// <summary>Begins the look; the plateau that is there now stands for the remembered one.</summary>
    public static Suspect Begin(Suspect known, in ScreenResult screen, DateTimeOffset now) => known with
    {
        Stage = SuspectStage.Recall, OpenedAt = now, DueAt = now, Looks = 0, CommandId = null,
        Detail = known.Detail with
        {
            Triage = known.Detail.Triage! with { Onset = screen.Onset ?? now, Level = screen.Level }, TriagedAt = now,
            Guest = null, Console = null, SentAt = null, LookedAt = null,
        },
    };

    /// <summary>What a look that ended says of the memory; a look that is on its way, nothing yet.</summary>
    public static Suspect AfterLook(Suspect suspect, IndicatorSet indicators, DateTimeOffset now, DetectionOptions options)
    {
        if (suspect is not { Stage: SuspectStage.Recall, CommandId: null, Detail: { LookedAt: { } at, Guest: { } guest } } || at != now)
        {
            return suspect;
        }

        return guest.State switch
        {
            GuestState.Read when suspect.Detail.Cleared is { } cleared && IsSame(cleared, guest.Snapshot!, indicators) => suspect with
            {
                Stage = SuspectStage.Benign, DueAt = now.AddDays(options.BenignDays), Detail = suspect.Detail with { Cleared = cleared with { At = now } },
            },
            // The guest is slow: it says nothing, neither way.
            GuestState.TimedOut => GiveUp(suspect, now),
            // Another program, a text cut short, or an agent that answered once and is gone.
            _ => GiveUp(suspect with { Detail = suspect.Detail with { Cleared = null } }, now),
        };
    }

    /// <summary>Whether the look was owed for too long.</summary>
    public static bool IsTooLate(Suspect suspect, DateTimeOffset now) => now - suspect.OpenedAt >= Patience || now < suspect.OpenedAt;

    /// <summary>Leaves the plateau to triage, whose old answer holds no longer; what is remembered then counts by level and I/O.</summary>
    public static Suspect GiveUp(Suspect suspect, DateTimeOffset now) => suspect with
    {
        Stage = SuspectStage.Triage, CommandId = null, DueAt = now, Detail = suspect.Detail with { Triage = null },
    };

    /// <summary>The plateau ended before anybody looked: the memory stands as it was.</summary>
    public static Suspect Ended(Suspect suspect, DetectionOptions options) => suspect with
    {
        Stage = SuspectStage.Benign, CommandId = null, DueAt = (suspect.Detail.Cleared?.At ?? suspect.OpenedAt).AddDays(options.BenignDays),
    };

    // The program's name is the guest's word: whatever else in the look points to mining voids the memory too.
    private static bool IsSame(ClearedPlateau cleared, GuestSnapshot snapshot, IndicatorSet indicators) =>
        snapshot.Complete && cleared.Indicators == indicators.Version && BusiestExecutable.Of(snapshot) == cleared.Executable
        && !snapshot.TopProcesses.Any(process => IndicatorMatch.Strong(process, indicators) || (Busy.Cores(process) >= 0.25 && (Executable.IsOdd(process) || Executable.ForgesKernelThread(process))))
        && !snapshot.Connections.Any(connection => connection.Outbound && IndicatorMatch.Pool(connection.PeerAddress, indicators));
}
