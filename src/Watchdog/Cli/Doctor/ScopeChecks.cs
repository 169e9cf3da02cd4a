using Microsoft.Extensions.Options;
using Watchdog.Aws;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Cli.Doctor;

/// <summary>One scope: who the credentials are, what they may do, and what must be set up beside the VMs.</summary>
internal static class ScopeChecks
{
    public static async Task<IReadOnlyList<Check>> RunAsync(IServiceProvider services, Scope scope, CancellationToken ct)
    {
        var who = await services.GetRequiredService<IdentityProbe>().AskAsync(scope, ct);
        List<Check> checks = [.. CredentialsCheck.Of(scope, who)];
        if (who.State == AccessState.Denied)
        {
            checks.Add(Check.Unknown("permissions", scope.Key, "not asked for: AWS does not know the credentials"));
            return checks;
        }

        var fleet = await FleetLook.TakeAsync(services.GetRequiredService<IFleetSource>(), scope, ct);
        checks.AddRange(fleet.Checks);
        if (who.State == AccessState.Unknown && fleet.Fault is not null)
        {
            checks.Add(Check.Unknown("permissions", scope.Key, "not asked for: AWS does not answer"));
            return checks;
        }

        var groups = await ContainmentCheck.RunAsync(services, scope, fleet, ct);
        checks.AddRange(await PermissionChecks.RunAsync(services, scope, fleet, groups.OfVm, ct));
        checks.Add(EncryptionCheck.Of(scope, fleet));
        checks.AddRange(groups.Checks);
        var (inspection, enforcement) = (services.GetRequiredService<IOptions<TelemetryOptions>>().Value, services.GetRequiredService<IOptions<EnforcementOptions>>().Value);
        var (restraint, notice) = (enforcement.Restrain, enforcement.Notify);
        checks.Add(Document(scope, inspection.InspectDocument, inspection.InspectDocumentVersion, inspection.InspectDocumentHash));
        checks.Add(Document(scope, restraint.Document, restraint.DocumentVersion, restraint.DocumentHash));
        checks.Add(Document(scope, notice.Document, notice.DocumentVersion, notice.DocumentHash));
        return checks;
    }

    private static Check Document(Scope scope, string name, string version, string hash) => Check.Unknown(
        "SSM document", scope.Key, $"whether {name} is there cannot be asked with the worker's permissions; its version {version} must have the hash {hash}",
        $"aws ssm describe-document --region {scope.Region} --name {name} --document-version {version} --query 'Document.[Status,Hash]'   # Active");
}
