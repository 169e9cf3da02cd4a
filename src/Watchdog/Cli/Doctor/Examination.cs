using Microsoft.Extensions.Options;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>All checks, in the order in which one would mend them: each stands on those before it.</summary>
internal static class Examination
{
    public static async Task<IReadOnlyList<Check>> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        List<Check> checks = [.. ConfigurationCheck.Run(services)];
        if (checks.Any(check => check.State == CheckState.Wrong))
        {
            checks.Add(Check.Unknown("everything else", null, "not looked at: the other checks read the configuration"));
            return checks;
        }

        checks.AddRange(await DatabaseChecks.RunAsync(services, ct));
        var databaseIsThere = checks.All(check => check.State == CheckState.Ok);
        checks.Add(await PolicyCheck.RunAsync(services, databaseIsThere, ct));
        checks.Add(await BudgetCheck.RunAsync(services, databaseIsThere: databaseIsThere && checks.All(check => check.State == CheckState.Ok), ct));
        IReadOnlyList<Scope> scopes;
        try
        {
            scopes = ScopeCatalog.Configured(services.GetRequiredService<IOptions<InventoryOptions>>().Value, services.GetRequiredService<DefaultRegion>());
        }
        catch (NoRegionException e)
        {
            checks.Add(Check.Wrong("Region", null, e.Message, "export AWS_REGION=eu-west-1, or name the Regions in Inventory:Scopes."));
            return checks;
        }

        checks.Add(Check.Ok("Region", null, "watches " + string.Join(", ", scopes.Select(scope => scope.Key))));
        checks.AddRange(await StreamCheck.RunAsync(services, scopes, databaseIsThere, ct));
        foreach (var scope in scopes)
        {
            checks.AddRange(await ScopeChecks.RunAsync(services, scope, ct));
        }

        return checks;
    }
}
