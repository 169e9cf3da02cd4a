using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Policy.Deadlines;
using Watchdog.Policy.Exempting;
using Watchdog.Policy.Ladders;

namespace Watchdog.Policy;

/// <summary>The room's registrations.</summary>
public static class PolicyRoom
{
    /// <summary>Adds the policy; its options are checked at start.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services)
    {
        services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateOnStart();
        services.TryAddSingleton<VmRepository>();
        return services
            .AddSingleton<IValidateOptions<PolicyOptions>, PolicyOptionsValidator>()
            .AddSingleton<CaseOpener>()
            .AddSingleton<LadderRun>()
            .AddSingleton<ICaseClocks, ClassClocks>()
            .AddSingleton<ClockRun>()
            .AddSingleton<ExemptionBook>()
            .AddSingleton<ExemptionDesk>()
            .AddSingleton<BulkDesk>()
            .AddSingleton<ApprovalQueue>()
            .AddSingleton<HoldBook>()
            .AddSingleton<Admission>();
    }
}
