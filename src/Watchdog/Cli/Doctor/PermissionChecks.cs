using Watchdog.Aws;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>What the credentials may do: reads are tried, changes are asked for as dry runs on one managed VM, which stays as it is.</summary>
internal static class PermissionChecks
{
    private const string Mend = "watchdog iam-policy   # prints the policy that the worker's role needs; a denial elsewhere (SCP, permissions boundary) wins over it";

    /// <summary>The permissions that are tried one by one.</summary>
    /// <param name="services">The worker's rooms.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="fleet">Its VMs.</param>
    /// <param name="containment">The containment group of the VM that is tried on; null when it has none.</param>
    /// <param name="ct">Ends the questions.</param>
    public static async Task<IReadOnlyList<Check>> RunAsync(IServiceProvider services, Scope scope, FleetLook fleet, string? containment, CancellationToken ct)
    {
        var probe = services.GetRequiredService<AccessProbe>();
        List<Check> checks = [Of(scope, await probe.AgentsAsync(scope, ct))];
        if (fleet.Example is not { } vm)
        {
            checks.Add(Check.Unknown("other permissions", scope.Key, "there is no managed VM to try them on",
                "Tag a VM with Inventory:ManagedTag (default watchdog:managed=true), then look again."));
            return checks;
        }

        var now = services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
        checks.Add(Of(scope, await probe.MetricsAsync(scope, vm.InstanceId, now, ct)));
        checks.Add(Of(scope, await probe.ConsoleAsync(scope, vm.InstanceId, ct)));
        checks.Add(Of(scope, await probe.InvocationAsync(scope, vm.InstanceId, ct)));
        checks.AddRange((await probe.ChangesAsync(scope, vm, containment, ct)).Select(access => Of(scope, access)));
        checks.Add(Check.Unknown("ssm:SendCommand", scope.Key, "SSM has no dry run, and a command is not sent to find out",
            "watchdog sweep   # sends it to suspects; a refusal is logged"));
        return checks;
    }

    /// <summary>One answer of AWS as a check.</summary>
    public static Check Of(Scope scope, Access access) => access.State switch
    {
        AccessState.Allowed => Check.Ok(access.Action, scope.Key, access.Detail),
        AccessState.Denied => Check.Wrong(access.Action, scope.Key, access.Detail, Mend),
        _ => Check.Unknown(access.Action, scope.Key, access.Detail),
    };

    /// <summary>A listing that failed as a check.</summary>
    public static Check Of(Scope scope, string action, FleetSourceException failed) => Of(scope, new Access(
        action, AwsFault.Of(failed.InnerException ?? failed).Kind == ActuatorError.Denied ? AccessState.Denied : AccessState.Unknown, failed.Message));

    /// <summary>A question by the acting port that failed as a check.</summary>
    public static Check Of(Scope scope, string action, ActuatorException failed) => Of(scope, new Access(
        action, failed.Error == ActuatorError.Denied ? AccessState.Denied : AccessState.Unknown, failed.Message));
}
