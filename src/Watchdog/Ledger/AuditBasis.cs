using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Watchdog.Diagnostics;

namespace Watchdog.Ledger;

/// <summary>What an audit line stood on.</summary>
/// <param name="RuleVersion">The rules: the act's, else those of the case's latest finding; the program's own where there is no case.</param>
/// <param name="EvidenceSha256">32 bytes, <see cref="HashOf"/> of the case's findings as they were frozen at that instant; null where there are none.</param>
public sealed record AuditBasis(string RuleVersion, byte[]? EvidenceSha256)
{
    private const string CasePrefix = "case:";

    /// <summary>The basis of a line about a subject, read in the transaction that writes the line.</summary>
    /// <param name="act">Key in <c>act</c>; null when the line is about no act.</param>
    public static async Task<AuditBasis> OfAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string subject, long? act, CancellationToken ct)
    {
        if (!subject.StartsWith(CasePrefix, StringComparison.Ordinal) || !long.TryParse(subject.AsSpan(CasePrefix.Length), out var id))
        {
            return new AuditBasis(await RulesOfAsync(connection, transaction, act, ct) ?? ProgramVersion.Current, null);
        }

        await using var command = Statement.On(connection, transaction,
            """
            select e.finding,
              coalesce((select a.rule_version from act a where a.id = $2), e.finding ->> 'rule_version', c.rule_version)
            from case_file c left join case_episode e on e.case_id = c.id
            where c.id = $1 order by e.joined_at, e.episode_id
            """, id, act);
        var rows = await Rows.AllAsync(command, r => (Finding: r.IsDBNull(0) ? null : r.GetString(0), Rules: r.GetString(1)), ct);
        var findings = rows.Select(row => row.Finding).OfType<string>().ToList();
        return new AuditBasis(
            rows.Count == 0 ? ProgramVersion.Current : rows[^1].Rules, findings.Count == 0 ? null : HashOf(findings));
    }

    // An act without a case has rules all the same.
    private static async Task<string?> RulesOfAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long? act, CancellationToken ct)
    {
        if (act is not { } id)
        {
            return null;
        }

        await using var command = Statement.On(connection, transaction, "select rule_version from act where id = $1", id);
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>SHA-256 over the canonical JSON of an array of findings, in the order in which their episodes joined the case.</summary>
    public static byte[] HashOf(IEnumerable<string> findings) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"[{string.Join(',', findings.Select(CanonicalJson.Of))}]"));
}
