using Microsoft.Extensions.Options;
using Watchdog.Alerts;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Receivers;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Telling;
using Watchdog.Aws;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Inventory;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Notices;
using Watchdog.Policy;
using Watchdog.Reports.Daily;
using Watchdog.Scheduling;
using Watchdog.Slo;
using Watchdog.Storage;
using Watchdog.Telemetry;

namespace Watchdog.Cli;

/// <summary>
/// Every section before anything is done, all errors at once. The host's own check does not serve: only <c>run</c> starts a host, and it ends
/// at the first value that cannot be read.
/// </summary>
internal static class SettingsCheck
{
    private const string Unread = "Failed to convert configuration value";
    private const string Strict = "'ErrorOnUnknownConfiguration' was set";

    /// <exception cref="OptionsValidationException">Some settings are wrong; the failures name each with its range.</exception>
    public static void Run(IServiceProvider services)
    {
        var failures = new List<string>();
        Check<StorageOptions>(services, failures);
        Check<DiagnosticsOptions>(services, failures);
        Check<AwsOptions>(services, failures);
        Check<InventoryOptions>(services, failures);
        Check<TelemetryOptions>(services, failures);
        Check<DetectionOptions>(services, failures);
        Check<PolicyOptions>(services, failures);
        Check<EnforcementOptions>(services, failures);
        Check<SloOptions>(services, failures);
        Check<SchedulingOptions>(services, failures);
        Check<HttpOptions>(services, failures);
        Check<AccessOptions>(services, failures);
        Check<NoticeOptions>(services, failures);
        Check<AppealOptions>(services, failures);
        Check<AlertOptions>(services, failures);
        Check<MutingOptions>(services, failures);
        Check<RoutingOptions>(services, failures);
        Check<AlertLinkOptions>(services, failures);
        Check<ReceiverSettings>(services, failures);
        Check<DailyOptions>(services, failures);
        if (failures.Count > 0)
        {
            throw new OptionsValidationException("settings", typeof(object), failures.Distinct());
        }
    }

    /// <summary>Whether the configuration's reader says that a value is not of its option's type; it has no exception of its own.</summary>
    public static bool IsUnreadable(Exception fault) => fault is InvalidOperationException
        && (fault.Message.StartsWith(Unread, StringComparison.Ordinal) || fault.Message.StartsWith(Strict, StringComparison.Ordinal));

    // What is read strictly says so first; whose value it was, or which key, stands in one of the faults behind.
    private static string Told(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault.Message.StartsWith(Unread, StringComparison.Ordinal))
            {
                return fault.Message;
            }

            if (fault.Message.IndexOf("the following properties were not found", StringComparison.Ordinal) is > 0 and var at)
            {
                return fault.Message[at..];
            }
        }

        return "a value cannot be read";
    }

    private static void Check<TOptions>(IServiceProvider services, List<string> failures)
        where TOptions : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<TOptions>>().Value;
        }
        catch (OptionsValidationException wrong)
        {
            failures.AddRange(wrong.Failures);
        }
        catch (InvalidOperationException wrong) when (IsUnreadable(wrong))
        {
            failures.Add(Told(wrong));
        }
    }
}
