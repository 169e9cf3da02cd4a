using System.Globalization;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.IdleShutdown.Savings;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Idle;

/// <summary><c>GET /idle</c>: who was stopped because nobody used the VM, who is next, what keeps the others, and what it saved.</summary>
public sealed class IdleEndpoint(IdleReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/idle", Entry.For(Role.Viewer), async context =>
    {
        var query = context.Request.Query;
        var days = int.TryParse(query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && IdleModel.Spans.Contains(asked) ? asked : 7;
        var by = query["by"].ToString() switch
        {
            "type" => SavingsGroup.Type,
            "policy" => SavingsGroup.Policy,
            _ => SavingsGroup.Owner,
        };
        await pages.ShowAsync<IdlePage>(context, await reads.ReadAsync(days, by, context.RequestAborted));
    });
}
