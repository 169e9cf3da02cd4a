namespace Watchdog.Ledger.Auditing;

/// <summary>Holds the lines that are there against those that one seal covers.</summary>
/// <param name="seal">The seal.</param>
/// <param name="strict">Whether a line that it does not cover is a stranger.</param>
internal sealed class SealComparison(AuditSeal seal, bool strict)
{
    private readonly Dictionary<long, ReadOnlyMemory<byte>> _left = EntriesOf(seal);

    /// <summary>One line that is there.</summary>
    public void Take(AuditLine line, AuditWalk walk)
    {
        if (!_left.Remove(line.Id, out var digest))
        {
            if (strict)
            {
                walk.Tell(AuditBreakKind.InsertedLine, seal.Seq, line.Id, $"line {line.Id} ({WordsOf(line)}) was not there when seal {seal.Seq} was set");
            }
        }
        else if (!digest.Span.SequenceEqual(line.Digest()))
        {
            walk.Tell(AuditBreakKind.ChangedLine, seal.Seq, line.Id, $"line {line.Id} ({WordsOf(line)}) is not what seal {seal.Seq} covers");
        }
    }

    /// <summary>Those that are left were removed.</summary>
    public void End(AuditWalk walk)
    {
        foreach (var id in _left.Keys.Order())
        {
            walk.Tell(AuditBreakKind.RemovedLine, seal.Seq, id, $"line {id}, which seal {seal.Seq} covers, is not there");
        }
    }

    private static string WordsOf(AuditLine line) =>
        CleanText.Of($"{line.What} by {line.Actor} on {line.Subject}, {line.At.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}", 400);

    // Somebody may have written a key twice into a seal that he changed: its hash tells of that.
    private static Dictionary<long, ReadOnlyMemory<byte>> EntriesOf(AuditSeal seal)
    {
        Dictionary<long, ReadOnlyMemory<byte>> entries = new(seal.Lines is > 0 and <= 100_000 ? seal.Lines : 0);
        foreach (var (id, digest) in seal.Entries())
        {
            entries[id] = digest;
        }

        return entries;
    }
}
