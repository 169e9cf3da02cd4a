using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics.Exporting;
using Watchdog.Diagnostics.Logging;
using Watchdog.Diagnostics.Otlp;

namespace Watchdog.Diagnostics;

/// <summary>Puts the room into the container.</summary>
public static class DiagnosticsRoom
{
    /// <summary>
    /// Clocks (the machine's, unless the caller registered others before), meters, and logging to standard error: standard output
    /// belongs to what a command answers. Levels come from section <c>Logging</c>.
    /// </summary>
    public static IServiceCollection AddDiagnostics(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(DiagnosticsOptions.Section);
        services.AddOptions<DiagnosticsOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DiagnosticsOptions>, DiagnosticsOptionsValidator>());
        services.TryAddSingleton(Clocks.Real);
        services.AddMetrics();
        services.TryAddSingleton<MetricBook>();
        services.AddLogging(logging =>
        {
            logging.ClearProviders();
            logging.AddConfiguration(configuration.GetSection("Logging"));
            logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            logging.AddSimpleConsole(line => (line.SingleLine, line.UseUtcTimestamp, line.TimestampFormat) = (true, true, "HH:mm:ss "));
            logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        });
        // After AddSimpleConsole, which would choose itself.
        services.PostConfigure<ConsoleLoggerOptions>(console =>
            console.FormatterName = section[nameof(DiagnosticsOptions.LogFormat)] == "json" ? JsonLines.FormatName : ConsoleFormatterNames.Simple);
        services.RemoveAll<ILoggerProvider>();
        services.AddSingleton<ILoggerProvider>(provider => new GuardedLogs(
            ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(provider), provider.GetRequiredService<Clocks>()));
        services.AddOptions<OtlpOptions>().Bind(configuration.GetSection(OtlpOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OtlpOptions>, OtlpOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OtlpOptions>, OtlpTargetValidator>());
        services.AddHostedService<OtlpExport>();
        return services;
    }
}
