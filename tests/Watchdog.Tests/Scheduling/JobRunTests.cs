using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Quartz;
using Watchdog.Diagnostics;
using Watchdog.Scheduling;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Scheduling;

public sealed class JobRunTests
{
    public static TheoryData<Exception?, string> Outcomes => new()
    {
        { null, "done" },
        { new FencedException("taken over"), "fenced" },
        { new OperationCanceledException(), "cancelled" },
        { new PostgresException("shut down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown), "database_away" },
        { new FormatException("garbage"), "failed" },
    };

    [Theory]
    [MemberData(nameof(Outcomes), DisableDiscoveryEnumeration = true)]
    public async Task A_failure_stays_inside_the_run_and_is_counted_by_its_kind(Exception? thrown, string outcome)
    {
        var clock = new ManualTime();
        // The meter is the process's: a kind of its own tells this run from those of other tests.
        var kind = $"Kind of {outcome}";
        var run = new JobRun(new Clocks(clock, clock), new Watchdog.Storage.Nodes.JobCount(), NullLogger<JobRun>.Instance);
        var measured = new List<(double Seconds, string Kind, string Outcome)>();
        using var listener = Listen(kind, measured);
        using var stopping = new CancellationTokenSource();
        var numbers = new List<int>();

        await run.RunAsync(new JobKey("17", kind), Body, stopping.Token);

        Assert.Equal([17], numbers);
        Assert.Equal([(2.5, kind, outcome)], measured);

        async Task Body(int number)
        {
            numbers.Add(number);
            clock.Advance(TimeSpan.FromSeconds(2.5));
            if (thrown is OperationCanceledException)
            {
                await stopping.CancelAsync();
            }

            await (thrown is null ? Task.CompletedTask : Task.FromException(thrown));
        }
    }

    private static MeterListener Listen(string kind, List<(double Seconds, string Kind, string Outcome)> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Meters.Name && instrument.Name == "watchdog.job.duration")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if ((string)tags[0].Value! == kind)
            {
                measured.Add((seconds, kind, (string)tags[1].Value!));
            }
        });
        listener.Start();
        return listener;
    }
}
