using System.CommandLine;
using Watchdog.Ledger;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Cases;

/// <summary>What became of a request within the time that somebody waits for it.</summary>
internal static class Outcome
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>The request when it has ended, or as it is when the time is over. Wall time: a person waits.</summary>
    public static async Task<RequestRecord> WaitAsync(Func<Task<RequestRecord?>> find, long request, TimeSpan patience, CancellationToken ct)
    {
        var wall = TimeProvider.System;
        var since = wall.GetTimestamp();
        while (true)
        {
            var now = await find() ?? throw new InvalidDataException($"Request {request} is gone from the ledger.");
            var left = patience - wall.GetElapsedTime(since);
            if (now.State is not ("open" or "accepted") || left <= TimeSpan.Zero)
            {
                return now;
            }

            await Task.Delay(left < Between ? left : Between, wall, ct);
        }
    }

    /// <summary>Prints it; the exit code says whether what was asked for was done, refused, or met no worker.</summary>
    public static async Task<int> TellAsync(ParseResult parse, RequestRecord request, int waited, bool json)
    {
        var output = parse.InvocationConfiguration.Output;
        if (json)
        {
            await output.WriteLineAsync(CliJson.Write(RequestJson.Of(request)));
        }
        else
        {
            await output.WriteLineAsync(Screen.Plain(Words(request)));
        }

        return request.State switch
        {
            "refused" or "failed" => ExitCodes.NotHealthy,
            "open" when waited > 0 => ExitCodes.Unavailable,
            _ => ExitCodes.Ok,
        };
    }

    private static string Words(RequestRecord request) => request.State switch
    {
        "open" => $"Request {request.Id} is recorded, and no worker has taken it yet: a running `watchdog run` carries it out, whenever one starts. "
            + $"`watchdog cases show {request.CaseId}` tells what became of it.",
        "accepted" => $"Request {request.Id} is under way: {request.Outcome} `watchdog cases show {request.CaseId}` tells how it ends.",
        _ => $"{request.Kind.Replace('_', '-')} of case {request.CaseId}: {request.State}. {request.Outcome}",
    };
}
