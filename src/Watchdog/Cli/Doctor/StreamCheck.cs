using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Cli.Doctor;

/// <summary>A scope's metric stream: whether one is wanted, whether this worker receives it, and when it last delivered.</summary>
internal static class StreamCheck
{
    private const string Name = "metric stream";

    /// <summary>Nothing where no stream is wanted.</summary>
    public static async Task<IReadOnlyList<Check>> RunAsync(IServiceProvider services, IReadOnlyList<Scope> scopes, bool databaseIsThere, CancellationToken ct)
    {
        var options = services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Stream;
        if (!options.Enabled)
        {
            return [];
        }

        List<Check> checks = [Receiving(options, services.GetRequiredService<IConfiguration>()[$"{HttpOptions.Section}:{nameof(HttpOptions.Listen)}"])];
        if (databaseIsThere)
        {
            var (table, now) = (services.GetRequiredService<WindowTable>(), services.GetRequiredService<Clocks>().Fleet.GetUtcNow());
            var ids = (await services.GetRequiredService<ScopeCatalog>().LoadAsync(ct)).ToDictionary(scope => scope.Key, scope => scope.Id);
            foreach (var scope in scopes)
            {
                checks.Add(Of(scope, await table.ArrivedAsync(ids[scope.Key], ct), now, options));
            }
        }

        return checks;
    }

    /// <summary>Whether a scope's stream delivers.</summary>
    public static Check Of(Scope scope, DateTimeOffset? arrived, DateTimeOffset now, StreamOptions options) =>
        StreamSilence.IsSilent(arrived, now, options)
            ? Check.Wrong(Name, scope.Key,
                (arrived is { } since ? $"has delivered nothing new since {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "has delivered nothing yet")
                + "; every VM is polled instead, at the price of polling",
                "Look at the delivery stream's error log and DeliveryToHttpEndpoint.Success in CloudWatch, and at watchdog_stream_deliveries_total; docs/operations.md, Metric stream.")
            : Check.Ok(Name, scope.Key, string.Create(CultureInfo.InvariantCulture, $"delivered {(now - arrived!.Value).TotalMinutes:0.#} minutes ago"));

    private static Check Receiving(StreamOptions options, string? listen) => options.Keys().Length == 0 || string.IsNullOrWhiteSpace(listen)
        ? Check.Ok(Name, null, "this worker reads what others received; to receive, it needs Http:Listen and Telemetry:Stream:AccessKey")
        : Check.Ok(Name, null, $"this worker receives {string.Join(", ", options.Carried())}");
}
