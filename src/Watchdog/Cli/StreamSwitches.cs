using System.CommandLine;
using System.Globalization;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Streaming;

namespace Watchdog.Cli;

/// <summary>The options of <c>simulate</c> that make the Region deliver a metric stream, and the loop that does it.</summary>
internal sealed class StreamSwitches
{
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly Option<Uri?> url = new("--stream")
    {
        Description = "Deliver a CloudWatch metric stream to this URL, as Firehose does, e.g. http://127.0.0.1:8080/v1/metric-stream.", HelpName = "URL",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
            {
                return parsed;
            }

            result.AddError($"--stream takes an absolute http or https URL, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private readonly Option<string?> key = new("--stream-key") { Description = "The access key that the stream sends.", HelpName = "KEY" };
    private readonly Option<int> backlog = new("--stream-backlog") { Description = "Minutes before now from which on the stream delivers; 0 begins now.", HelpName = "M" };

    private readonly Option<string[]> faults = new("--stream-fault")
    {
        Description = "What the stream does wrong and how often, e.g. duplicate=0.2; one of duplicate, late, drop. May be repeated.", HelpName = "KIND=SHARE",
    };

    public StreamSwitches(Command command)
    {
        command.Options.Add(faults);
        backlog.Within(0, 240, "0 to 240 minutes");
        command.Options.Add(url);
        command.Options.Add(key);
        command.Options.Add(backlog);
        command.Validators.Add(result =>
        {
            if (result.GetResult(url) is not null && result.GetResult(key) is null)
            {
                result.AddError("--stream needs --stream-key, one of the worker's Telemetry:Stream:AccessKey.");
            }
        });
    }

    /// <summary>Delivers each minute, after the backlog five minutes at a time, until it is cancelled; at once when no stream is wanted.</summary>
    public async Task DeliverAsync(ParseResult parse, SimulatedRegion region, ulong seed, TimeProvider clock, CancellationToken ct)
    {
        if (parse.GetValue(url) is not { } endpoint)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var from = now - TimeSpan.FromMinutes(parse.GetValue(backlog));
        var options = Wrongs(new() { Endpoint = endpoint, AccessKey = parse.GetValue(key)!, Seed = seed }, parse.GetValue(faults) ?? []);
        using var stream = new MetricStream(region, options, from);
        for (var at = from + Step; at < now; at += Step)
        {
            await StepAsync(stream, at, ct);
        }

        while (true)
        {
            await StepAsync(stream, clock.GetUtcNow(), ct);
            await Task.Delay(Each, clock, ct);
        }
    }

    private static MetricStreamOptions Wrongs(MetricStreamOptions options, IEnumerable<string> texts) => texts.Aggregate(options, (so, text) =>
        text.Split('=', 2) is [var kind, var number] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
            ? kind switch
            {
                "duplicate" => so with { DuplicateShare = share },
                "late" => so with { LateShare = share },
                "drop" => so with { DropShare = share },
                _ => throw new UsageException($"--stream-fault {text}: '{kind}' is none of duplicate, late, drop."),
            }
            : throw new UsageException($"--stream-fault {text}: write KIND=SHARE with a share from 0 to 1, e.g. duplicate=0.2."));

    private static async Task StepAsync(MetricStream stream, DateTimeOffset until, CancellationToken ct)
    {
        await stream.DeliverAsync(until, ct);
        var done = stream.Tally;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"streamed until {until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {done.Points} points, {done.Deliveries} deliveries, {done.Retries} retries, {done.Lost} lost, {done.Bytes} bytes"));
    }
}
