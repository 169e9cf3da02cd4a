using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Reports.Pages;

namespace Watchdog.Reports.Settings;

/// <summary><c>GET /settings</c>: what holds, what would by default, and where it comes from; to be read only.</summary>
public sealed class SettingsEndpoint(SettingReads reads, PageDesk pages) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapRead("/settings", Entry.For(Role.Viewer), context =>
        pages.ShowAsync<SettingsPage>(context, reads.Read(context.Request.Query["section"])));
}
