using Npgsql;
using Watchdog.Inventory;
using Watchdog.Ledger;

namespace Watchdog.Reports.Exempting;

/// <summary>What an exemption could cover that a case gives rise to.</summary>
/// <param name="Kind">One of <see cref="Policy.Exemption.Kinds"/>.</param>
public sealed record ExemptScope(string Kind, string Subject);

/// <summary>Reads what exemptions could cover a case's VM by.</summary>
public sealed class ScopeReads(NpgsqlDataSource database)
{
    /// <summary>The narrowest first. An executable is offered where every class on the case was found for that one.</summary>
    public async Task<IReadOnlyList<ExemptScope>> OfAsync(CaseRecord of, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            select (select image_id from vm where instance_id = $1),
              (select case when count(distinct coalesce(p.executable, '')) = 1 then max(p.executable) end
                from case_episode ce join episode p on p.id = ce.episode_id where ce.case_id = $2)
            """, of.InstanceId, of.Id);
        var (image, executable) = (await Rows.AllAsync(command, r => (r.IsDBNull(0) ? null : r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), ct)).Single();
        return
        [
            new("vm", of.InstanceId), .. Maybe("owner", of.Owner == VmRow.UnknownOwner ? null : of.Owner), .. Maybe("image", image), .. Maybe("executable", executable),
        ];
    }

    private static ExemptScope[] Maybe(string kind, string? subject) => string.IsNullOrEmpty(subject) ? [] : [new ExemptScope(kind, subject)];
}
