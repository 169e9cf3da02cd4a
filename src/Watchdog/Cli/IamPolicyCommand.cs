using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Watchdog.Aws;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Cli;

/// <summary><c>watchdog iam-policy</c>: what the worker's role needs and no more, computed from what the code declares.</summary>
internal static class IamPolicyCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var command = new Command("iam-policy", "Print the least-privilege IAM policy for the worker's role, computed from the actions that the code declares.");
        command.SetAction((parse, ct) => CommandEdge.RunAsync(() =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
            builder.Services.AddInventory().AddTelemetry();
            builder.Services.AddOptions<EnforcementOptions>().BindConfiguration(EnforcementOptions.Section);
            using var host = builder.Build();
            var policy = IamPolicy.Render(
                host.Services.GetRequiredService<IOptions<InventoryOptions>>().Value, host.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value,
                host.Services.GetRequiredService<IOptions<EnforcementOptions>>().Value);
            Console.WriteLine(policy.ToJsonString(Indented));
            return Task.FromResult(ExitCodes.Ok);
        }, ct));
        return command;
    }
}
