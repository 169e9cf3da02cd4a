using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Alerts;
using Watchdog.Alerts.Conditions;
using Watchdog.Alerts.Notifications;
using Watchdog.Diagnostics;
using Watchdog.Reports.Health;
using Watchdog.Storage;
using Watchdog.Storage.Nodes;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Tests.Alerts.Conditions;

public sealed class ConditionTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(19, 19, 0)]
    [InlineData(1000, 50, 0)]
    [InlineData(1000, 51, 1)]
    public void Throttling_is_told_above_five_percent_of_enough_calls(int all, int throttled, int expected) => Assert.Equal(expected, AwsConditions.Throttled(
        new Dictionary<(string, string), long> { [("ec2:DescribeInstances", "ok")] = all - throttled, [("ec2:DescribeInstances", "throttled")] = throttled }).Count());

    [Fact]
    public void A_single_denial_is_told_nobody_and_two_are()
    {
        Assert.Empty(AwsConditions.Denied(new Dictionary<(string, string), long> { [("ec2:StopInstances", "denied")] = 1 }));
        Assert.Equal(Severity.Critical, AwsConditions.Denied(new Dictionary<(string, string), long> { [("ec2:StopInstances", "denied")] = 2 }).Single().Severity);
    }

    [Theory]
    [InlineData(79, null)]
    [InlineData(80, Severity.Warning)]
    [InlineData(100, Severity.Critical)]
    public void A_budget_is_told_from_eighty_percent_on(int usd, Severity? expected) =>
        Assert.Equal(expected, BudgetConditions.Of(new Spending(usd, 100, default, "r")).SingleOrDefault()?.Severity);

    [Fact]
    public void Without_a_budget_or_before_the_first_settling_there_is_nothing_to_tell()
    {
        Assert.Empty(BudgetConditions.Of(null));
        Assert.Empty(BudgetConditions.Of(new Spending(900, 0, default, "r")));
    }

    [Fact]
    public void A_worker_is_lost_without_a_good_bye_until_one_begins_on_its_host()
    {
        NodeLine Node(string name, int started, int seen, bool stopped = false) => new(
            name, "host", 1, At.AddMinutes(started), "1", 1, At.AddMinutes(seen), stopped ? At.AddMinutes(seen) : null, TimeSpan.Zero, 0, 0, 0, 0);

        Assert.Single(WorkerConditions.Of([(Node("a", -60, -2), NodeState.Gone)], At));
        Assert.Empty(WorkerConditions.Of([(Node("a", -60, -2, stopped: true), NodeState.Gone)], At));
        Assert.Empty(WorkerConditions.Of([(Node("a", -60, -2), NodeState.Gone), (Node("b", -1, 0), NodeState.Alive)], At));
        Assert.Empty(WorkerConditions.Of([(Node("a", -160, -61), NodeState.Gone)], At));
    }

    [Fact]
    public void A_database_is_told_when_it_is_slow_and_when_its_log_is_held_up()
    {
        Assert.Empty(DatabaseConditions.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), At.AddMinutes(-5), At));
        Assert.Equal(["slow", "event log held up"], DatabaseConditions.Of(TimeSpan.FromSeconds(1.1), TimeSpan.FromSeconds(1), At.AddMinutes(-5.1), At).Select(one => one.Key.Technique));
    }

    [Fact]
    public void A_region_is_told_under_ninety_percent_and_is_an_error_under_fifty() => Assert.Equal(
        [("b", Severity.Warning), ("c", Severity.Error)],
        CoverageConditions.Of([new("a", 100, 90), new("b", 100, 89), new("c", 100, 49), new("d", 0, 0)]).Select(one => (one.Key.Scope, one.Severity)));

    [Fact]
    public async Task A_condition_is_told_while_some_worker_sees_it_and_over_when_none_does_and_one_that_cannot_be_measured_stays()
    {
        await using var desk = await AlertDesk.OpenAsync();
        FakeSource source = new();
        using var service = new ConditionService(
            [source], desk.Database.Source, DatabaseClock.Of(desk.Database.Source, TimeProvider.System), new Node("one"), new Clocks(desk.Clock, TimeProvider.System),
            NullLogger<ConditionService>.Instance);
        source.Wrong = [new(new(IncidentKinds.AwsDenied, "ec2:StopInstances", IncidentKey.Cluster), Severity.Critical, new(Sentence: "AWS denied it 3 times"), Everywhere: false)];
        await service.RunOnceAsync(default);
        await desk.RunAsync();
        var page = Assert.Single(await desk.ToldAsync());
        Assert.Equal((NotificationKind.Page, "1 worker denied by AWS: ec2:StopInstances"), (page.Kind, page.Title));

        source.Fails = true;
        await service.RunOnceAsync(default);
        await desk.AfterAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await desk.ToldAsync());

        (source.Fails, source.Wrong) = (false, []);
        await service.RunOnceAsync(default);
        await desk.AfterAsync(TimeSpan.FromMinutes(1));
        await desk.AfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([NotificationKind.Page, NotificationKind.Resolve], (await desk.ToldAsync()).Select(one => one.Kind));
    }

    [Fact]
    public async Task A_source_with_a_fault_of_its_own_ends_neither_the_others_nor_the_worker()
    {
        await using var desk = await AlertDesk.OpenAsync();
        FakeSource wrong = new() { Fault = new InvalidOperationException("a defect") };
        FakeSource right = new() { Wrong = [new(new(IncidentKinds.Database, "slow", IncidentKey.Cluster), Severity.Warning, new(Sentence: "slow"))] };
        using var service = new ConditionService(
            [wrong, right], desk.Database.Source, DatabaseClock.Of(desk.Database.Source, TimeProvider.System), new Node("one"), new Clocks(desk.Clock, TimeProvider.System),
            NullLogger<ConditionService>.Instance);
        await service.RunOnceAsync(default);
        Assert.Equal("slow", await desk.Database.ScalarAsync<string>("select technique from alert_condition"));
    }

    [Fact]
    public async Task A_condition_must_hold_for_its_time_and_a_dead_workers_ends_with_its_signs()
    {
        await using var desk = await AlertDesk.OpenAsync();
        var server = await desk.Database.ScalarAsync<DateTime>("select clock_timestamp()");
        Condition[] low = [new(new(IncidentKinds.Coverage, IncidentKinds.Coverage, "eu-west-1"), Severity.Warning, new(Sentence: "80 %"), TimeSpan.FromMinutes(15))];
        await ConditionTable.WriteAsync(desk.Database.Source, "one", low, [], server.AddMinutes(-0.9), default);
        await desk.RunAsync();
        Assert.Equal(0L, await desk.Database.ScalarAsync<long>("select count(*) from incident"));
        await desk.Database.ExecuteAsync("update alert_condition set since = since - interval '15 minutes'");
        await ConditionTable.WriteAsync(desk.Database.Source, "two", low, [], server, default);
        await desk.RunAsync();
        Assert.Equal(1L, await desk.Database.ScalarAsync<long>("select count(*) from incident"));
        await desk.Database.ExecuteAsync("update alert_condition set seen_at = seen_at - interval '2 minutes'");
        await desk.RunAsync();
        Assert.Equal(0L, await desk.Database.ScalarAsync<long>("select count(*) from incident_member where cleared_at is null"));
    }

    [Fact]
    public async Task A_schedule_that_stops_nobody_is_told_until_its_next_time_does_or_it_is_gone()
    {
        await using var desk = await AlertDesk.OpenAsync();
        ScheduleConditions source = new(desk.Database.Source, new Clocks(desk.Clock, TimeProvider.System));
        await WaveAsync("night", 1, "schedule night would stop 1,000 VMs");
        await WaveAsync("lunch", 1, "too many");
        await WaveAsync("lunch", 2, null);
        var one = Assert.Single(await source.ReadAsync(default));
        Assert.Equal((new IncidentKey(IncidentKinds.Schedule, "night", AlertDesk.Ireland), "eu-west-1", "schedule night would stop 1,000 VMs"), (one.Key, one.Facts.Region, one.Facts.Sentence));
        desk.Clock.Step(TimeSpan.FromDays(9));
        Assert.Empty(await source.ReadAsync(default));

        Task WaveAsync(string schedule, int hours, string? refused) => desk.Database.ExecuteAsync(
            "insert into idle_wave (schedule, occurrence_at, scope, vms, refused, decided_at) values ($1, $2, 1, 1000, $3, $2)",
            schedule, desk.Now.AddHours(hours), (object?)refused ?? DBNull.Value);
    }

    [Fact]
    public async Task Messages_to_a_receiver_that_is_configured_no_more_are_nobodys_trouble()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.Database.ExecuteAsync(
            """
            insert into outbox (channel, message_id, subject, kind, body, created_at, due_at)
            select name, 'm', 's', 'page', '{}', $1, $1 from unnest(array['alerts:pager', 'alerts:gone', 'owners']) name
            """, TimeProvider.System.GetUtcNow().AddHours(-1));
        var wrong = await new OutboxConditions(desk.Database.Source, desk.Names, Clocks.Real).ReadAsync(default);
        Assert.Equal(["alerts:pager", "owners"], wrong.Select(one => one.Key.Technique));
    }

    private sealed class FakeSource : IConditionSource
    {
        public IReadOnlyList<Condition> Wrong { get; set; } = [];
        public bool Fails { get; set; }
        public Exception? Fault { get; set; }
        public IReadOnlyList<string> Kinds => [IncidentKinds.AwsDenied];

        public Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct) => Fault is not null ? throw Fault : Fails ? throw new NpgsqlException("away") : Task.FromResult(Wrong);
    }
}
