using System.CommandLine;
using Microsoft.Extensions.Logging.Console;
using Watchdog.Storage;

namespace Watchdog.Cli;

/// <summary>The host that a command stands on: configuration from four places, logs to standard error.</summary>
internal static class CliHost
{
    /// <summary>
    /// Later wins: appsettings.json beside the program, <c>--config</c>, environment variables, the command's own options.
    /// </summary>
    public static HostApplicationBuilder Create(ParseResult parse, IEnumerable<KeyValuePair<string, string?>>? own = null, LogLevel? quiet = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "watchdog",
            ContentRootPath = AppContext.BaseDirectory,
            DisableDefaults = true,
        });
        builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: false);
        if (parse.GetValue(GlobalOptions.Config) is { } file)
        {
            builder.Configuration.AddJsonFile(file.FullName, optional: false);
        }

        builder.Configuration.AddEnvironmentVariables();
        if (parse.GetValue(GlobalOptions.Data) is { } data)
        {
            builder.Configuration.AddInMemoryCollection([new($"{StorageOptions.Section}:{nameof(StorageOptions.DataFolder)}", data.FullName)]);
        }

        builder.Configuration.AddInMemoryCollection(own ?? []);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        if (quiet is { } level)
        {
            builder.Logging.SetMinimumLevel(level);
            builder.Logging.AddFilter((_, at) => at >= level);
        }

        return builder;
    }
}
