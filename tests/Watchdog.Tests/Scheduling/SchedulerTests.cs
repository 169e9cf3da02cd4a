using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Scheduling;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Scheduling;

public sealed class SchedulerTests : IAsyncLifetime
{
    private const int PeriodSeconds = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Timetable Fast = new("fast", _ => "0/2 * * * * ?", shard => $"{shard % 2}/2 * * * * ?", _ => "1/2 * * * * ?", "0/2 * * * * ?", "1/2 * * * * ?", shard => $"{shard % 2}/2 * * * * ?",
        shard => $"{shard % 2}/2 * * * * ?");
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Two_workers_run_each_job_once_a_period_and_never_two_under_one_key()
    {
        await ProvisionAsync();
        var bodies = new RecordedBodies(keys: (3 * 64) + (2 * 2) + 2, times: 2);
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        using var first = Build("a", Fast, bodies.On("a"));
        using var second = Build("b", Fast, bodies.On("b"));
        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        await bodies.SeenEnough.WaitAsync(Patience);

        Assert.Equal(2, await database.ScalarAsync<long>(
            "select count(*) from qrtz_scheduler_state where instance_name in ('a', 'b') and checkin_interval = 3000"));
        await Task.WhenAll(first.StopAsync(), second.StopAsync());
        var periods = (int)(clock.GetElapsedTime(start).TotalSeconds / PeriodSeconds) + 2;
        Assert.Empty(bodies.Overlaps);
        Assert.All(bodies.Runs, run => Assert.InRange(run.Value.Count, 2, periods));
        Assert.Equal(["a", "b"], bodies.Runs.Values.SelectMany(r => r).Distinct().Order());
    }

    [Fact]
    public async Task The_stored_jobs_recover_exclude_each_other_and_make_up_once_for_what_they_missed()
    {
        await ProvisionAsync();
        await RunOnceAsync(Timetable.Default);

        Assert.Equal(198, await database.ScalarAsync<long>("select count(*) from qrtz_job_details where is_durable and requests_recovery and is_nonconcurrent"));
        Assert.Equal(198, await database.ScalarAsync<long>(
            "select count(*) from qrtz_triggers t join qrtz_cron_triggers c using (sched_name, trigger_name, trigger_group) where misfire_instr = 1 and time_zone_id = 'UTC'"));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from scope s join qrtz_triggers t on t.trigger_name = s.id::text where t.trigger_group = 'Actuator-v7'"));
        Assert.Equal("0 * * * * ?", await database.ScalarAsync<string>("select cron_expression from qrtz_cron_triggers where trigger_group = 'Shard-v7' and trigger_name = '0'"));
    }

    [Fact]
    public async Task A_worker_that_joins_moves_nothing_and_a_new_timetable_replaces_the_old()
    {
        await ProvisionAsync();
        await RunOnceAsync(Timetable.Default);
        await database.ExecuteAsync("update qrtz_triggers set next_fire_time = 12345 where trigger_group = 'Shard-v7'");

        await RunOnceAsync(Timetable.Default);
        Assert.Equal(64, await database.ScalarAsync<long>("select count(*) from qrtz_triggers where next_fire_time = 12345"));

        await RunOnceAsync(Timetable.Default with { Version = "other" });
        Assert.Equal(198, await database.ScalarAsync<long>("select count(*) from qrtz_triggers where trigger_group like '%-other'"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from qrtz_triggers where trigger_group like '%-v7'"));
    }

    [Fact]
    public async Task Provisioning_again_or_at_once_is_harmless()
    {
        await Task.WhenAll(ProvisionAsync(), ProvisionAsync());
        await ProvisionAsync();

        Assert.Equal(15, await database.ScalarAsync<long>("select count(*) from pg_tables where tablename like 'qrtz%'"));
    }

    [Fact]
    public async Task A_worker_refuses_to_start_without_the_schedulers_tables()
    {
        using var host = Build("a", Fast, new RecordedBodies(1, 1).On("a"));

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());

        Assert.Contains("qrtz_", refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task More_slots_than_the_pool_can_feed_are_refused_at_start()
    {
        await ProvisionAsync();
        using var host = Build("a", Fast, new RecordedBodies(1, 1).On("a"), slots: 64);

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Storage:MaxPoolSize", refused.Message, StringComparison.Ordinal);
    }

    // Declares its timetable and leaves before anything fires: a host that has not announced itself started fires nothing.
    private async Task RunOnceAsync(Timetable timetable)
    {
        using var host = Build("once", timetable, new RecordedBodies(1, 1).On("once"));
        await host.Services.GetServices<IHostedService>().OfType<TimetableDeclaration>().Single().StartAsync(default);
    }

    private Task ProvisionAsync() => QuartzSchema.ProvisionAsync(database.Source, NullLoggerFactory.Instance, default);

    private IHost Build(string node, Timetable timetable, JobBodies bodies, int slots = 8)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([
            new("Storage:ConnectionString", database.ConnectionString), new("Scheduling:Slots", slots.ToString(CultureInfo.InvariantCulture)),
            new("Logging:LogLevel:Default", "None"),
            new("Inventory:Scopes:0:AccountId", "123456789012"), new("Inventory:Scopes:0:Regions:0", "eu-west-1"), new("Inventory:Scopes:0:Regions:1", "us-east-1"),
        ]);
        builder.Services.AddSingleton(new Node(node));
        builder.Services.AddSingleton(timetable);
        builder.Services.AddSingleton(bodies);
        builder.Services.AddSingleton<DefaultRegion>(() => throw new InvalidOperationException("scopes are configured"));
        builder.Services.AddInventory().AddDiagnostics(builder.Configuration).AddStorage(builder.Configuration).AddScheduling(builder.Configuration);
        return builder.Build();
    }
}
