using System.Globalization;
using Watchdog.Diagnostics;

namespace Watchdog.Owners.Links;

/// <summary>How often one link may be used, in this worker: enough for a person and their mail program, too little to keep a database busy. Wall time.</summary>
internal sealed class LinkRates(Clocks clocks)
{
    /// <summary>Uses of one link within a minute.</summary>
    public const int Most = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private long began = clocks.Wall.GetTimestamp();

    /// <summary>Counts a use; where it is one too many, the answer is written.</summary>
    /// <param name="link">What names the link; only of links that were signed by us, so that strangers cannot fill the memory.</param>
    public async Task<bool> LetAsync(HttpContext context, string link)
    {
        if (Take(link) is not (var wait and > 0))
        {
            return true;
        }

        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await LinkAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, "One moment", "This link was used very often just now. Open it again in a minute.");
        return false;
    }

    // Seconds to wait; 0: it may be used.
    private int Take(string link)
    {
        lock (gate)
        {
            var past = clocks.Wall.GetElapsedTime(began);
            if (past >= Window)
            {
                uses.Clear();
                (began, past) = (clocks.Wall.GetTimestamp(), TimeSpan.Zero);
            }

            var count = uses[link] = uses.GetValueOrDefault(link) + 1;
            return count <= Most ? 0 : (int)Math.Ceiling((Window - past).TotalSeconds);
        }
    }
}
