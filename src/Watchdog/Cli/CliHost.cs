using System.CommandLine;
using Watchdog.Storage;

namespace Watchdog.Cli;

/// <summary>The host that a command stands on: configuration from four places.</summary>
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
        if (quiet is { } level)
        {
            builder.Configuration.AddInMemoryCollection([new("Logging:LogLevel:Default", level.ToString())]);
        }

        return builder;
    }
}
