using Npgsql;

namespace Watchdog.Policy;

/// <summary>A scoped, reasoned exception that ends: nothing is done to the VM, or to any VM of the owner, until then.</summary>
/// <param name="Kind"><c>vm</c> or <c>owner</c>.</param>
/// <param name="Subject">Instance id or owner.</param>
public sealed record Exemption(string Kind, string Subject, string Reason, string Author, DateTimeOffset UntilAt)
{
    /// <summary>Why nothing is done.</summary>
    public string Sentence => FormattableString.Invariant($"{Kind} {Subject} is exempt until {UntilAt:yyyy-MM-dd HH:mm} UTC ({Author}: {Reason})");
}

/// <summary>Reads the exemptions. An error goes to the caller, whose transaction then proposes and admits nothing.</summary>
public static class Exemptions
{
    /// <summary>The exemptions in force at an instant for any of the VMs and owners.</summary>
    public static async Task<IReadOnlyList<Exemption>> InForceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string[] instanceIds, string[] owners, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select kind, subject, reason, author, until_at from exemption
            where from_at <= $3 and until_at > $3 and (kind = 'vm' and subject = any($1) or kind = 'owner' and subject = any($2))
            order by until_at desc, id
            """, connection, transaction)
        {
            Parameters = { new() { Value = instanceIds }, new() { Value = owners }, new() { Value = at } },
        };
        List<Exemption> found = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            found.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return found;
    }

    /// <summary>The one that covers a VM of an owner; null when none does.</summary>
    public static Exemption? Covering(this IReadOnlyList<Exemption> exemptions, string instanceId, string owner) =>
        exemptions.FirstOrDefault(e => e.Subject == (e.Kind == "vm" ? instanceId : owner));
}
