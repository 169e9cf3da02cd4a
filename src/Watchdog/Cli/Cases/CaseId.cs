using System.CommandLine;

namespace Watchdog.Cli.Cases;

/// <summary>A case's number on the command line.</summary>
internal static class CaseId
{
    public static Argument<long> Argument() => new("ID") { Description = "The case's number, as `cases list` shows it." };

    /// <summary>Says that there is no such case.</summary>
    public static async Task<int> UnknownAsync(ParseResult parse, long id)
    {
        await parse.InvocationConfiguration.Error.WriteLineAsync($"There is no case {id}; `watchdog cases list` shows those that there are.");
        return ExitCodes.NotHealthy;
    }
}
