using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Watchdog.Ledger.Auditing;

/// <summary>A line of the trail as it is hashed: all of its columns.</summary>
internal sealed record AuditLine(
    long Id, ulong Xid, DateTimeOffset At, string Actor, string What, string Subject, string? RuleVersion, byte[]? EvidenceSha256, string DataJson)
{
    // Under a name of its own: `order by xid` would sort by the output column of that name, which is a text.
    public const string Columns = "id, xid::text as xid_text, at, actor, what, subject, rule_version, evidence_sha256, data::text";

    public static AuditLine Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), ulong.Parse(r.GetString(1), CultureInfo.InvariantCulture), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4),
        r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), r.IsDBNull(7) ? null : r.GetFieldValue<byte[]>(7), r.GetString(8));

    /// <summary>Where it stands in the order of transactions.</summary>
    public Position Position => new(Xid, Id);

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Canonical()));

    /// <summary>
    /// The canonical JSON of an object with the names <c>actor at data evidence_sha256 id rule_version subject what xid</c>: the instant in
    /// microseconds since 1970, the evidence in lower-case hex, absent ones null.
    /// </summary>
    public string Canonical()
    {
        var text = new StringBuilder(DataJson.Length + 256);
        Text("{\"actor\":", Actor);
        Number(",\"at\":", (At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        text.Append(",\"data\":");
        using (var data = JsonDocument.Parse(DataJson))
        {
            CanonicalJson.Append(text, data.RootElement);
        }

        Text(",\"evidence_sha256\":", EvidenceSha256 is null ? null : Convert.ToHexStringLower(EvidenceSha256));
        Number(",\"id\":", Id);
        Text(",\"rule_version\":", RuleVersion);
        Text(",\"subject\":", Subject);
        Text(",\"what\":", What);
        Number(",\"xid\":", Xid);
        return text.Append('}').ToString();

        void Text(string name, string? value)
        {
            text.Append(name);
            if (value is null)
            {
                text.Append("null");
            }
            else
            {
                CanonicalJson.Append(text, value);
            }
        }

        void Number(string name, IFormattable value) =>
            text.Append(name).Append(CanonicalJson.Number(value.ToString(null, CultureInfo.InvariantCulture)));
    }
}

/// <summary>A place in the trail: by transaction, then by key.</summary>
internal readonly record struct Position(ulong Xid, long Id)
{
    /// <summary>Before the first line.</summary>
    public static readonly Position Start = new(0, 0);

    /// <summary>The transaction as SQL takes it: <c>$n::text::xid8</c>.</summary>
    public string XidText => Xid.ToString(CultureInfo.InvariantCulture);
}
