namespace Watchdog.Cli;

/// <summary>What a command's exit code says; documented in the README and in <c>watchdog --help</c>.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;
    /// <summary>The command ran and found that something does not hold: an unhealthy run, a failed check, a refused request.</summary>
    public const int NotHealthy = 1;
    /// <summary>The words of the command or the configuration are wrong; nothing was done.</summary>
    public const int Usage = 2;
    /// <summary>Something that the command needs cannot be reached: database, AWS, files.</summary>
    public const int Unavailable = 3;
    /// <summary>Interrupted (Ctrl-C or SIGTERM) before it was done.</summary>
    public const int Interrupted = 130;
}
