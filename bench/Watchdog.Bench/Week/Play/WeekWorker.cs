using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Watchdog.Aws;
using Watchdog.Cli;
using Watchdog.Diagnostics;
using Watchdog.Sweeps;

namespace Watchdog.Bench.Week.Play;

/// <summary>The worker's rooms as the demo hosts them, on the week's clock: one life.</summary>
internal sealed class WeekWorker : IWeekWorker
{
    private readonly IHost host;
    private readonly FleetJobs jobs;
    private readonly Pipeline pipeline;
    private readonly TimeProvider clock;
    private readonly Func<DateTimeOffset, Task> step;

    private WeekWorker(IHost host, TimeProvider clock, Func<DateTimeOffset, Task> step)
    {
        (this.host, this.clock, this.step) = (host, clock, step);
        pipeline = host.Services.GetRequiredService<Pipeline>();
        jobs = pipeline.Jobs();
    }

    /// <inheritdoc/>
    public int Failures => pipeline.Failures;

    /// <inheritdoc/>
    public decimal Usd => host.Services.GetRequiredService<CallMeter>().Snapshot().Usd;

    /// <summary>Begins a life.</summary>
    /// <param name="clock">The fleet's.</param>
    /// <param name="step">Steps it.</param>
    public static async Task<WeekWorker> StartAsync(WeekBirth birth, TimeProvider clock, Func<DateTimeOffset, Task> step)
    {
        var builder = CliHost.Create(Cli.CommandLine.Create().Parse(["demo"]), birth.Settings, quiet: LogLevel.None);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration, new SimulatedEndpoint(birth.Region, Rates: null));
        var host = builder.Build();
        await SchemaGate.PassAsync(host.Services, default);
        return new WeekWorker(host, clock, step);
    }

    /// <inheritdoc/>
    public async Task PassAsync(DateTimeOffset next, CancellationToken ct)
    {
        await jobs.InventoryAsync(ct);
        await jobs.SweepAsync(ct);
        while (ActAgain.After(clock.GetUtcNow(), await jobs.ActAsync(ct)) is { } again && again < next)
        {
            await step(again);
        }
    }

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)host).DisposeAsync();
}
