using System.Globalization;
using Watchdog.FleetSim;

namespace Watchdog.Cli;

/// <summary>What was taken of a simulated Region's token buckets, as CSV lines.</summary>
internal sealed class TokenLog : IAsyncDisposable
{
    private readonly StreamWriter writer;
    private readonly Lock gate = new();
    private readonly SimulatedRegion region;

    public TokenLog(FileInfo file, SimulatedRegion region)
    {
        writer = new StreamWriter(file.Open(FileMode.Create, FileAccess.Write, FileShare.Read));
        writer.WriteLine("at,bucket,tokens,size,per_second,access_key,refused");
        this.region = region;
        region.TokensAsked = asked =>
        {
            lock (gate)
            {
                // A request may still be on its way when the simulation ends.
                if (region.TokensAsked is not null)
                {
                    writer.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{asked.At:O},{asked.Bucket},{asked.Tokens},{asked.Size},{asked.PerSecond},{asked.AccessKeyId?.Replace(',', ' ')},{(asked.Refused ? 1 : 0)}"));
                }
            }
        };
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            region.TokensAsked = null;
            return writer.DisposeAsync();
        }
    }
}
