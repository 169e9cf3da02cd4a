using System.CommandLine;

namespace Watchdog.Cli;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<FileInfo?> Config = new("--config")
    {
        Description = "A JSON file over appsettings.json; environment variables (Storage__ConnectionString=…) go over both.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<DirectoryInfo?> Data = new("--data")
    {
        Description = "Folder of the private Postgres where no connection string is set. Default: $WATCHDOG_DATA, else /var/lib/watchdog for root and ~/.local/share/watchdog for others.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Made anew for each command that has it, so that its help can stand beside the command's own.</summary>
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on standard output; logs go to standard error." };
}
