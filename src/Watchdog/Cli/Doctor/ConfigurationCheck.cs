using Microsoft.Extensions.Options;
using Watchdog.Aws;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Policy;
using Watchdog.Scheduling;
using Watchdog.Storage;
using Watchdog.Telemetry;

namespace Watchdog.Cli.Doctor;

/// <summary>Every setting that is out of its range or cannot be read, all at once.</summary>
internal static class ConfigurationCheck
{
    private const string Name = "configuration";
    private const string Mend = "Correct it in the file given by --config, in appsettings.json, or in the environment (Policy__Mode=Observe); each option's comment names its range.";

    // One by one: a text that cannot be converted ends the host's own validation, and would hide the errors of the other sections.
    private static readonly Action<IServiceProvider>[] Sections =
    [
        Read<DiagnosticsOptions>, Read<StorageOptions>, Read<SchedulingOptions>, Read<InventoryOptions>, Read<TelemetryOptions>, Read<AwsOptions>,
        Read<DetectionOptions>, Read<PolicyOptions>, Read<EnforcementOptions>,
        services => services.GetRequiredService<IStartupValidator>().Validate(),
    ];

    public static IReadOnlyList<Check> Run(IServiceProvider services)
    {
        var failures = Sections.SelectMany(section => FailuresOf(section, services)).Distinct(StringComparer.Ordinal).ToList();
        return failures.Count == 0
            ? [Check.Ok(Name, null, "every option is within its range")]
            : [.. failures.Select((failure, i) => new Check(Name, null, CheckState.Wrong, failure, i == failures.Count - 1 ? Mend : null))];
    }

    private static IEnumerable<string> FailuresOf(Action<IServiceProvider> section, IServiceProvider services)
    {
        try
        {
            section(services);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
        catch (AggregateException e)
        {
            return e.InnerExceptions.SelectMany(inner => inner is OptionsValidationException wrong ? wrong.Failures : [inner.Message]);
        }
        catch (InvalidOperationException e)
        {
            return [e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message];
        }
    }

    private static void Read<T>(IServiceProvider services)
        where T : class => _ = services.GetRequiredService<IOptions<T>>().Value;
}
