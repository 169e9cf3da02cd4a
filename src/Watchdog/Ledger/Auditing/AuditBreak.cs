namespace Watchdog.Ledger.Auditing;

/// <summary>How the trail differs from its seals.</summary>
public enum AuditBreakKind
{
    /// <summary>A line is not what was sealed.</summary>
    ChangedLine,
    /// <summary>A sealed line is not there.</summary>
    RemovedLine,
    /// <summary>A line stands where none was sealed.</summary>
    InsertedLine,
    /// <summary>A seal does not follow from the one before.</summary>
    BrokenLink,
    /// <summary>A seal is not there.</summary>
    MissingSeal,
    /// <summary>A seal's hash is not that of its contents.</summary>
    ChangedSeal,
    /// <summary>The hash that was kept elsewhere is none of the chain's.</summary>
    UnknownAnchor,
    /// <summary>The last seal lies ahead of the database's transactions.</summary>
    SealAhead,
}

/// <summary>One place where it broke.</summary>
/// <param name="Seal">The seal's number.</param>
/// <param name="Line">Key in <c>audit</c>; null where the seal itself is wrong.</param>
/// <param name="Words">What is wrong, in a sentence.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long Seal, long? Line, string Words);

/// <summary>What a verification found.</summary>
/// <param name="Seals">Seals recomputed.</param>
/// <param name="Lines">Lines that they cover.</param>
/// <param name="Unsealed">Lines after the last seal: a minute's worth, where the worker runs.</param>
/// <param name="UnsealedSince">Instant of the oldest of them; null when there are none.</param>
/// <param name="Head">The last seal; null when there is none.</param>
/// <param name="AnchorSeal">The seal with the expected hash; null when none was expected, or none has it.</param>
/// <param name="Broken">Places where it broke.</param>
/// <param name="Breaks">The first <see cref="AuditVerifier.MostTold"/> of them.</param>
public sealed record AuditVerdict(
    long Seals, long Lines, long Unsealed, DateTimeOffset? UnsealedSince, AuditHead? Head, long? AnchorSeal, long Broken,
    IReadOnlyList<AuditBreak> Breaks)
{
    /// <summary>Everything is as it was sealed.</summary>
    public bool Holds => Broken == 0;
}

/// <summary>The chain's last seal: what to keep elsewhere.</summary>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Lines">Lines in the whole chain.</param>
public sealed record AuditHead(long Seq, DateTimeOffset At, string Sha256, long Lines);
