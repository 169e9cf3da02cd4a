using System.Globalization;

namespace Watchdog.Ledger.Auditing;

/// <summary>Where a verification stands: the link from seal to seal, and what was found so far.</summary>
internal sealed class AuditWalk
{
    private readonly List<AuditBreak> _breaks = [];
    private byte[] _hash;

    /// <param name="from">The first seal.</param>
    /// <param name="before">The one before it; null when there is none.</param>
    public AuditWalk(long from, AuditSeal? before)
    {
        Next = from;
        _hash = before?.Sha256 ?? AuditSeal.Nothing;
        Last = before?.Last ?? Position.Start;
        if (from > 1 && before is null)
        {
            Tell(AuditBreakKind.MissingSeal, from - 1, null, string.Create(CultureInfo.InvariantCulture, $"seal {from - 1} is not there"));
        }
    }

    /// <summary>The number that the next seal must have.</summary>
    public long Next { get; private set; }
    /// <summary>Where the last seal ended.</summary>
    public Position Last { get; private set; }
    public long Seals { get; private set; }
    public long Lines { get; private set; }
    public long Broken { get; private set; }
    public IReadOnlyList<AuditBreak> Breaks => _breaks;

    /// <summary>Takes the next seal and judges it by itself and by its link.</summary>
    /// <returns>After which line it begins, and whether that is certain: where a seal is missing, lines before its own are not strangers.</returns>
    public (Position After, bool Strict) Enter(AuditSeal seal)
    {
        var (after, strict) = (Last, seal.Seq == Next && !(Seals == 0 && Broken > 0));
        if (seal.Seq != Next)
        {
            var missing = seal.Seq == Next + 1 ? $"seal {Next} is not there" : $"seals {Next} to {seal.Seq - 1} are not there";
            Tell(AuditBreakKind.MissingSeal, Next, null, missing);
        }
        else if (strict && !seal.Previous.AsSpan().SequenceEqual(_hash))
        {
            Tell(AuditBreakKind.BrokenLink, seal.Seq, null,
                $"seal {seal.Seq} follows {Convert.ToHexStringLower(seal.Previous)}, and the seal before it has {Convert.ToHexStringLower(_hash)}");
        }

        if (!seal.Hash().AsSpan().SequenceEqual(seal.Sha256))
        {
            Tell(AuditBreakKind.ChangedSeal, seal.Seq, null,
                $"seal {seal.Seq} bears {Convert.ToHexStringLower(seal.Sha256)}, and its contents give {Convert.ToHexStringLower(seal.Hash())}");
        }

        (Next, _hash, Last) = (seal.Seq + 1, seal.Sha256, seal.Last);
        Seals++;
        Lines += seal.Lines;
        return (after, strict);
    }

    /// <summary>Notes a break; beyond <see cref="AuditVerifier.MostTold"/> they are only counted.</summary>
    public void Tell(AuditBreakKind kind, long seal, long? line, string words)
    {
        Broken++;
        if (_breaks.Count < AuditVerifier.MostTold)
        {
            _breaks.Add(new AuditBreak(kind, seal, line, words));
        }
    }
}
