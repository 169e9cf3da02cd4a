using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Watchdog.Ledger.Auditing;

/// <summary>A seal: the digests of some lines that follow each other, and the hash that joins them to all lines before.</summary>
internal sealed record AuditSeal(long Seq, DateTimeOffset At, Position Last, int Lines, byte[] Leaves, byte[] Previous, byte[] Sha256)
{
    public const int LeafBytes = 8 + SHA256.HashSizeInBytes;
    public const string Columns = "seq, at, last_xid::text as last_xid_text, last_id, lines, leaves, previous, sha256";

    // Also says which definition the hash follows, should there ever be another.
    private static ReadOnlySpan<byte> Mark => "watchdog audit seal 1\n"u8;

    /// <summary>What the first seal follows.</summary>
    public static byte[] Nothing { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>Seals lines, at least one, after the seal before.</summary>
    public static AuditSeal Over(IReadOnlyList<AuditLine> lines, long seq, byte[] previous, DateTimeOffset at)
    {
        var leaves = new byte[lines.Count * LeafBytes];
        for (var i = 0; i < lines.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(leaves.AsSpan(i * LeafBytes), lines[i].Id);
            lines[i].Digest().CopyTo(leaves.AsSpan((i * LeafBytes) + 8));
        }

        var seal = new AuditSeal(seq, at, lines[^1].Position, lines.Count, leaves, previous, []);
        return seal with { Sha256 = seal.Hash() };
    }

    /// <summary>
    /// SHA-256 of: the mark, the hash of the seal before, then as big-endian integers of eight bytes its number, its instant in microseconds
    /// since 1970, its last line's transaction and key, its number of lines; then the leaves.
    /// </summary>
    public byte[] Hash()
    {
        Span<byte> numbers = stackalloc byte[40];
        BinaryPrimitives.WriteInt64BigEndian(numbers, Seq);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], (At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[16..], Last.Xid);
        BinaryPrimitives.WriteInt64BigEndian(numbers[24..], Last.Id);
        BinaryPrimitives.WriteInt64BigEndian(numbers[32..], Lines);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Mark);
        hash.AppendData(Previous);
        hash.AppendData(numbers);
        hash.AppendData(Leaves);
        return hash.GetHashAndReset();
    }

    /// <summary>The digest of each line by its key, in order.</summary>
    public IEnumerable<(long Id, ReadOnlyMemory<byte> Digest)> Entries()
    {
        for (var at = 0; at + LeafBytes <= Leaves.Length; at += LeafBytes)
        {
            yield return (BinaryPrimitives.ReadInt64BigEndian(Leaves.AsSpan(at)), Leaves.AsMemory(at + 8, SHA256.HashSizeInBytes));
        }
    }

    public static AuditSeal Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), new(ulong.Parse(r.GetString(2), CultureInfo.InvariantCulture), r.GetInt64(3)),
        r.GetInt32(4), r.GetFieldValue<byte[]>(5), r.GetFieldValue<byte[]>(6), r.GetFieldValue<byte[]>(7));
}
