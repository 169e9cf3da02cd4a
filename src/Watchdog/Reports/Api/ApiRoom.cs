using Watchdog.Http;

namespace Watchdog.Reports.Api;

/// <summary>The API's registrations.</summary>
internal static class ApiRoom
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<IEndpoints, CaseApi>()
        .AddSingleton<IEndpoints, CaseActApi>()
        .AddSingleton<IEndpoints, BulkApi>()
        .AddSingleton<IEndpoints, ExemptionApi>()
        .AddSingleton<IEndpoints, ApprovalApi>()
        .AddSingleton<IEndpoints, VmApi>()
        .AddSingleton<IEndpoints, AuditApi>()
        .AddSingleton<IEndpoints, IncidentApi>()
        .AddSingleton<IEndpoints, ReportApi>();
}
