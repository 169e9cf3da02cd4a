using Watchdog.Detectors.Facts;
using Watchdog.Telemetry;

namespace Watchdog.Detection;

/// <summary>What a suspect's look inside comes to, step by step. Pure.</summary>
public static class Inspections
{
    /// <summary>How long an answer may take before the look counts as timed out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    /// <summary>No look lies further ahead than this; one that does was set before the clock jumped.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(1);
    private static readonly TimeSpan UnmanagedAgain = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LaterLooks = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstSnapshotKept = TimeSpan.FromMinutes(45);
    /// <summary>Characters of a console's end that are kept as evidence.</summary>
    private const int ConsoleTail = 8_000;

    /// <summary>Whether a look inside is to be begun now.</summary>
    public static bool IsOwed(Suspect? suspect, DateTimeOffset now) =>
        suspect is { Stage: SuspectStage.Inspection or SuspectStage.Recall, CommandId: null } && IsDue(suspect, now);

    /// <summary>Whether the suspect's instant has come; one too far ahead has, lest a jump of the clock hide it.</summary>
    public static bool IsDue(Suspect suspect, DateTimeOffset now) => suspect.DueAt <= now || suspect.DueAt > now + Furthest;

    /// <summary>After the agent was asked and, where it answers, the command sent.</summary>
    public static Suspect AfterAsking(Suspect suspect, AgentStatus? agent, string? commandId, DateTimeOffset now, DetectionOptions options) =>
        agent?.State switch
        {
            AgentState.Online when commandId is not null => suspect with
            {
                CommandId = commandId, DueAt = now.AddMinutes(1), Detail = suspect.Detail with { SentAt = now },
            },
            AgentState.ConnectionLost => Ended(suspect, GuestReading.AgentLost(agent.LastPing), now, options),
            AgentState.Unmanaged => Ended(suspect, GuestReading.NotAsked, now, options) with { DueAt = now + UnmanagedAgain },
            // Nobody could be asked: that is no look, and says nothing about the VM.
            _ => suspect with { DueAt = now.AddMinutes(2) },
        };

    /// <summary>After the command's answer was read.</summary>
    public static Suspect AfterAnswer(Suspect suspect, Invocation answer, DateTimeOffset now, DetectionOptions options)
    {
        var sent = suspect.Detail.SentAt ?? suspect.OpenedAt;
        return answer.State switch
        {
            // A clock that went back is no reason to wait for ever.
            InvocationState.Pending when now - sent < Patience && sent <= now => suspect with { DueAt = now.AddMinutes(1) },
            InvocationState.Done when GuestSnapshotParser.Parse(answer.Output, now) is { } snapshot && Says(snapshot) =>
                Ended(suspect, GuestReading.Of(snapshot, EarlierOf(suspect, now)), now, options),
            _ => Ended(suspect, GuestReading.TimedOut, now, options),
        };
    }

    /// <summary>The end of a console's text, as much as is kept.</summary>
    public static string Tail(string console) => console.Length <= ConsoleTail ? console : console[^ConsoleTail..];

    private static Suspect Ended(Suspect suspect, GuestReading reading, DateTimeOffset now, DetectionOptions options)
    {
        var looks = suspect.Looks + 1;
        return suspect with
        {
            Looks = looks, CommandId = null, DueAt = now + (looks < 2 ? TimeSpan.FromMinutes(options.SecondLookMinutes) : LaterLooks),
            Detail = suspect.Detail with { Guest = reading, SentAt = null, LookedAt = now },
        };
    }

    private static GuestSnapshot? EarlierOf(Suspect suspect, DateTimeOffset now) =>
        suspect.Detail is { Guest: { State: GuestState.Read, Snapshot: { } snapshot }, LookedAt: { } at } && now - at is var age && age >= TimeSpan.FromMinutes(4)
            && age <= FirstSnapshotKept ? snapshot : null;

    // A guest that answers with nothing readable has not been looked into.
    private static bool Says(GuestSnapshot snapshot) => snapshot.Complete || snapshot.TopProcesses.Count > 0 || !double.IsNaN(snapshot.Load1);
}
