using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Policy;

namespace Watchdog.Reports.Judging;

/// <summary>What an act's form offers to choose from.</summary>
/// <param name="Hours">By how much a clock may be put off.</param>
/// <param name="Names">Who has cases at present, the visitor first.</param>
public sealed record ActOffers(IReadOnlyList<int> Hours, IReadOnlyList<string> Names);

/// <summary>Reads what the forms of acts offer.</summary>
public sealed class OfferReads(NpgsqlDataSource database, IOptionsMonitor<PolicyOptions> policy)
{
    private static readonly int[] Hours = [1, 4, 12, 24, 72, 168];

    /// <summary>Who has open cases, by name; 200 at most.</summary>
    internal const string Names = "select distinct assignee from case_file where assignee is not null and closed_at is null order by 1 limit 200";

    /// <summary>What is offered to a visitor.</summary>
    public async Task<ActOffers> ForAsync(string visitor, CancellationToken ct)
    {
        var longest = policy.CurrentValue.LongestExtension;
        return new([.. Hours.Where(hours => TimeSpan.FromHours(hours) <= longest)], [visitor, .. (await NamesAsync(ct)).Where(name => name != visitor)]);
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, Names);
        return await Rows.AllAsync(command, r => r.GetString(0), ct);
    }
}
