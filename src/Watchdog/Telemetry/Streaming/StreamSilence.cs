using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Inventory;

namespace Watchdog.Telemetry.Streaming;

/// <summary>Tells once when a scope's stream falls silent, and once when it is back. Nothing is decided by it: each VM is polled by what it lacks itself.</summary>
public sealed class StreamSilence
{
    private readonly ConcurrentDictionary<string, (bool Silent, DateTimeOffset? Arrived)> known = new(StringComparer.Ordinal);
    private readonly WindowTable table;
    private readonly StreamOptions options;
    private readonly Clocks clocks;
    private readonly ILogger<StreamSilence> log;

    /// <summary>Registers the gauge too.</summary>
    public StreamSilence(WindowTable table, IMeterFactory factory, IOptions<TelemetryOptions> options, Clocks clocks, ILogger<StreamSilence> log)
    {
        (this.table, this.options, this.clocks, this.log) = (table, options.Value.Stream, clocks, log);
        factory.Create(Meters.Name).CreateObservableGauge(
            "watchdog.stream.silence", () => known.Where(scope => scope.Value.Arrived is not null).Select(scope => new Measurement<double>(
                Math.Max(0, (clocks.Fleet.GetUtcNow() - scope.Value.Arrived!.Value).TotalSeconds), new KeyValuePair<string, object?>("scope", scope.Key))),
            "s", "Fleet time since the scope's stream last delivered a new point, as this worker last read it.");
    }

    /// <summary>Looks when the scope's stream last delivered.</summary>
    public async Task LookAsync(Scope scope, CancellationToken ct)
    {
        var arrived = await table.ArrivedAsync(scope.Id, ct);
        var silent = IsSilent(arrived, clocks.Fleet.GetUtcNow(), options);
        // A stream that delivers when it is first looked at is nothing to tell.
        var before = known.TryGetValue(scope.Key, out var then) && then.Silent;
        known[scope.Key] = (silent, arrived);
        if (silent && !before)
        {
            Log.StreamSilent(log, scope.Key, arrived is { } at ? $"since {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "as far back as is known");
        }
        else if (before && !silent)
        {
            Log.StreamBack(log, scope.Key);
        }
    }

    /// <summary>Whether a stream that last delivered then is silent now.</summary>
    public static bool IsSilent(DateTimeOffset? arrived, DateTimeOffset now, StreamOptions options) =>
        arrived is not { } at || now - at > TimeSpan.FromMinutes(options.SilentMinutes);
}
