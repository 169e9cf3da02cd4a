using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Diagnostics;
using Watchdog.Sweeps;

namespace Watchdog.Bench.Week.Play;

/// <summary>The worker's rooms as the demo hosts them, on the week's clock: one life.</summary>
internal sealed class WeekWorker : IAsyncDisposable
{
    private readonly IHost host;
    private readonly FleetJobs jobs;
    private readonly Pipeline pipeline;
    private readonly SteppedTime clock;

    private WeekWorker(IHost host, SteppedTime clock)
    {
        (this.host, this.clock) = (host, clock);
        pipeline = host.Services.GetRequiredService<Pipeline>();
        jobs = pipeline.Jobs();
    }

    /// <summary>Jobs that ended with an error.</summary>
    public int Failures => pipeline.Failures;

    public NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>What AWS was asked in this life.</summary>
    public CallSnapshot Calls => host.Services.GetRequiredService<CallMeter>().Snapshot();

    public static async Task<WeekWorker> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, Uri region, SteppedTime clock)
    {
        var builder = CliHost.Create(Cli.CommandLine.Create().Parse(["demo"]), settings, quiet: LogLevel.None);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration, new SimulatedEndpoint(region, Rates: null));
        var host = builder.Build();
        await SchemaGate.PassAsync(host.Services, default);
        return new WeekWorker(host, clock);
    }

    /// <summary>All that is due at the clock's instant; then acts whenever the next falls due, until the next instant.</summary>
    public async Task PassAsync(DateTimeOffset next, CancellationToken ct)
    {
        await jobs.InventoryAsync(ct);
        await jobs.SweepAsync(ct);
        while (ActAgain.After(clock.GetUtcNow(), await jobs.ActAsync(ct)) is { } again && again < next)
        {
            clock.StepTo(again);
        }
    }

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)host).DisposeAsync();
}
