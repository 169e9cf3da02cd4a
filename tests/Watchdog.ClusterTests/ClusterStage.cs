using System.Globalization;
using Npgsql;
using Watchdog.Enforcement.Plans;
using Watchdog.Ledger;

namespace Watchdog.ClusterTests;

/// <summary>
/// Workers, their PostgreSQL and the Region, each a process of its own, in wall time. Nobody in the fleet misbehaves: what is acted on is what
/// the drill asks for.
/// </summary>
internal sealed class ClusterStage : IAsyncDisposable
{
    /// <summary>What may pass after a failure's end until its shards run again: twice Quartz's check-in and grace.</summary>
    public static readonly TimeSpan Takeover = TimeSpan.FromSeconds(16);
    // MiB. A worker's heap breathes by some ten MiB, and its first minutes still compile.
    private const long MostGrown = 96;
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private readonly OwnServer server;
    private readonly Child region;
    private readonly FileInfo changes;
    private readonly Dictionary<string, string> environment;
    private readonly List<Child> all = [];
    private readonly Dictionary<int, long> memory = [];
    private short scope;

    private ClusterStage(OwnServer server, Child region, string url, FileInfo changes)
    {
        (this.server, this.region, this.changes) = (server, region, changes);
        Database = NpgsqlDataSource.Create(server.ConnectionString);
        Proxy = new CommitProxy(server.ConnectionString);
        environment = BuiltProgram.On(url, Proxy.ConnectionString,
            ("Policy__Mode", "Enforce"), ("Policy__MinimumHistory", "00:00:00"), ("Policy__Caps__FleetPercentPerDay", "100"),
            ("Policy__Caps__PerFiveMinutes", "10000"), ("Policy__Caps__PerHour", "100000"), ("Policy__Caps__PerOwnerAndHour", "10000"),
            ("Policy__Brake__CandidatesFloor", "100000"), ("Enforcement__EvidenceSeconds", "0"), ("Enforcement__SettleSeconds", "10"),
            ("Storage__MaxPoolSize", "40"));
    }

    /// <summary>Behind the proxy: the drill's own look, which no failure cuts off but the server's.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Between the workers and the server.</summary>
    public CommitProxy Proxy { get; }

    /// <summary>Those that live.</summary>
    public List<Child> Workers { get; } = [];

    /// <summary>When the Region began to serve.</summary>
    public DateTimeOffset Began { get; private init; }

    public int Kills { get; private set; }
    public string Said => string.Join('\n', all.Select(worker => $"--- {worker.Id}\n{worker.Said}"));

    /// <summary>Everything runs, and every shard was judged once.</summary>
    public static async Task<ClusterStage> SetAsync(int workers, params string[] simulate)
    {
        var server = await OwnServer.StartAsync();
        var changes = new FileInfo(Path.GetTempFileName());
        var (region, url) = await BuiltProgram.SimulateAsync(
            ["--vms", "300", "--seed", "6", "--abuse-from", "20000", "--changes", changes.FullName, .. simulate]);
        var stage = new ClusterStage(server, region, url, changes) { Began = TimeProvider.System.GetUtcNow() };
        try
        {
            (await BuiltProgram.RunAsync(stage.environment, "migrate")).With(0);
            for (var i = 0; i < workers; i++)
            {
                stage.StartWorker();
            }

            await stage.ReachesAsync("select count(distinct shard) from shard_run where seen > 0", 60, TimeSpan.FromMinutes(3));
            await stage.ReachesAsync("select count(distinct shard) from shard_run", 64, TimeSpan.FromMinutes(3));
            stage.scope = await stage.ScalarAsync<short>("select id from scope");
            foreach (var worker in stage.Workers)
            {
                stage.memory[worker.Id] = ResidentOf(worker);
            }

            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Cases with a person's word to act: quarantines, and every third a stop.</summary>
    public async Task AskForActsAsync(int count)
    {
        var ids = await ReadAsync(
            $"select instance_id from vm where state = 'running' and instance_id not in (select instance_id from case_file) order by launch_time limit {count}", reader => reader.GetString(0));
        Assert.Equal(count, ids.Count);
        var inbox = new RequestInbox(Database);
        for (var i = 0; i < count; i++)
        {
            var now = TimeProvider.System.GetUtcNow();
            await using var connection = await Database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var of = await CaseWriter.OpenAsync(connection, transaction, ids[i], scope, $"owner of {ids[i]}", "miner", 0.99, "a drill", "drill", now, default);
            Assert.NotNull(await ActWriter.AddAsync(connection, transaction, of,
                new NewAct(i % 3 == 2 ? ActKinds.Stop : ActKinds.Quarantine, ActStates.Proposed, 10, NeedsPerson: true, null, "a drill", Audit.Machine, "drill", null), now, default));
            await transaction.CommitAsync();
            await inbox.InsertAsync(RequestKinds.Confirm, "ann", of.Id, null, new RequestPayload("a drill"), now, default);
        }
    }

    /// <summary>The worker that holds a lease of this kind.</summary>
    public async Task<Child?> HolderAsync(string lease)
    {
        var owner = await ReadAsync($"select owner from lease where name like '{lease}%' order by epoch desc limit 1", reader => reader.GetString(0));
        return owner is [var name] ? Workers.Find(worker => IsOf(worker, name)) : null;
    }

    /// <summary>Shards that a worker executes at this moment, as the scheduler's store has it; or the numbers of other jobs.</summary>
    public async Task<List<int>> ExecutingAsync(Child worker, string kind = "Shard") =>
        [.. (await ReadAsync(
            $"select job_name from qrtz_fired_triggers where state = 'EXECUTING' and job_group = '{kind}' and {IsNode("instance_name", worker)}", reader => reader.GetString(0)))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Distinct()];

    /// <summary>The worker stands still at an instant at which the store has runs of this kind of job by it.</summary>
    public async Task PauseAmidAsync(Child worker, string kind)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            if ((await ExecutingAsync(worker, kind)).Count > 0)
            {
                await worker.PauseAsync();
                if ((await ExecutingAsync(worker, kind)).Count > 0)
                {
                    return;
                }

                await worker.ResumeAsync();
            }
        }

        Assert.Fail($"no {kind} was caught in the middle\n{Said}");
    }

    /// <summary>Another worker beside those that live.</summary>
    public void StartWorker()
    {
        var worker = BuiltProgram.Start(["run"], environment);
        Workers.Add(worker);
        all.Add(worker);
    }

    /// <summary>SIGTERM, which reaches one that stands still when it goes on; and its end.</summary>
    public async Task<Ended> TermAsync(Child worker)
    {
        var ending = worker.StopAsync();
        await worker.ResumeAsync();
        Workers.Remove(worker);
        return await ending;
    }

    public async Task KillAsync(Child worker)
    {
        await worker.KillAsync();
        Workers.Remove(worker);
        Kills++;
    }

    /// <summary>
    /// Every shard is judged again, each within <see cref="Takeover"/> of the failure's end or at its next second of the minute; and those that
    /// died in the middle of a run within <see cref="Takeover"/>.
    /// </summary>
    /// <returns>Seconds until the last had its turn, and the longest that one waited beyond its second.</returns>
    public async Task<(double Seconds, double Late)> AssertJudgedAgainAsync(DateTimeOffset end, IReadOnlyCollection<int> interrupted)
    {
        var first = new Dictionary<short, DateTimeOffset>();
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(150);
        while (first.Count < 64 && TimeProvider.System.GetUtcNow() < until)
        {
            await Task.Delay(Moment, TimeProvider.System);
            first = (await ReadAsync("select shard, min(at) from shard_run where at > $1 group by shard",
                reader => (Shard: reader.GetInt16(0), At: reader.GetFieldValue<DateTimeOffset>(1)), end)).ToDictionary(row => row.Shard, row => row.At);
        }

        Assert.True(first.Count == 64, $"{first.Count} of 64 shards were judged again\n{Said}");
        var late = first.Where(run => run.Value > end + Takeover && (interrupted.Contains(run.Key) || run.Value > Due(run.Key, end) + Lateness))
            .Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Key} at {run.Value:HH:mm:ss.f}, due {Due(run.Key, end):HH:mm:ss}")).ToList();
        Assert.True(late.Count == 0, $"after {end:HH:mm:ss.f}: {string.Join("; ", late)}\n{Said}");
        return (first.Values.Max(at => (at - end).TotalSeconds), Math.Max(0, first.Max(run => (run.Value - Due(run.Key, end)).TotalSeconds)));
    }

    /// <summary>Every act has its end, what the Region was asked for is what the ledger says, and the survivors have not grown.</summary>
    /// <param name="more">How many changes may be repeated: each is one of unknown fate.</param>
    /// <returns>The drill's line.</returns>
    public async Task<string> AssertWholeAsync(int acts, int more)
    {
        await ReachesAsync("select count(*) from act where state in ('applied', 'verified', 'unverifiable') and admitted_at is not null", acts, TimeSpan.FromMinutes(5));
        Assert.Equal(acts, await ScalarAsync<long>("select count(*) from act"));
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from step where exposed_at is not null and covered_at is null"));
        var (made, repeated) = ChangeBook.Compare(
            await File.ReadAllLinesAsync(changes.FullName),
            await ReadAsync("select iam_action, target, kind, called_at is not null from step",
                reader => new Asked(reader.GetString(0), reader.GetString(1), reader.GetString(2) == StepKinds.Isolate ? 2 : 1, reader.GetBoolean(3))));
        Assert.True(repeated.Count <= more, $"asked for more often than the ledger says: {string.Join("; ", repeated)}");
        var grown = Workers.Where(worker => memory.ContainsKey(worker.Id)).Select(worker => (ResidentOf(worker) - memory[worker.Id]) >> 20).ToList();
        Assert.All(grown, mebibytes => Assert.InRange(mebibytes, long.MinValue, MostGrown));
        foreach (var worker in Workers)
        {
            Assert.Equal(0, (await worker.StopAsync()).ExitCode);
        }

        var ended = await region.StopAsync();
        var refused = ended.Output.Split('\n').Single(line => line.StartsWith("refused by token buckets: ", StringComparison.Ordinal));
        Assert.True(refused.EndsWith(" 0", StringComparison.Ordinal), ended.Output);
        var calls = ended.Output.Split('\n').Where(line => line.Contains(':', StringComparison.Ordinal) && char.IsDigit(line[^1]) && line != refused && line.Split(' ') is [_, _])
            .Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Kills} kills; {acts} acts, each to its end, {made} changes of which {repeated.Count} repeated; {calls} calls, none refused by a bucket; memory grew by {(grown.Count == 0 ? 0 : grown.Max())} MiB at most");
    }

    /// <summary>Waits until the number is at least this.</summary>
    public async Task ReachesAsync(string sql, long least, TimeSpan patience)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await ScalarAsync<long>(sql) < least)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < patience, $"not {least} within {patience}: {sql}\n{Said}");
            await Task.Delay(Moment, TimeProvider.System);
        }
    }

    public async Task<T> ScalarAsync<T>(string sql) => (await ReadAsync(sql, reader => reader.GetFieldValue<T>(0)))[0];

    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        List<T> rows = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async Task RestartServerAsync()
    {
        await server.RestartAsync();
        // The drill's own sessions ended with it, too.
        Database.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in all)
        {
            await worker.DisposeAsync();
        }

        await region.DisposeAsync();
        await Proxy.DisposeAsync();
        await Database.DisposeAsync();
        await server.DisposeAsync();
        changes.Delete();
    }

    private static DateTimeOffset Due(int shard, DateTimeOffset after)
    {
        var minute = new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var due = minute.AddSeconds(shard * 60 / 64);
        return due > after ? due : due.AddMinutes(1);
    }

    private static bool IsOf(Child worker, string node) => node.Contains($"-{worker.Id.ToString(CultureInfo.InvariantCulture)}-", StringComparison.Ordinal);

    /// <summary>SQL: whether a column names the worker's node, which holds its process id.</summary>
    public static string IsNode(string column, Child worker) => $"{column} like '%-{worker.Id.ToString(CultureInfo.InvariantCulture)}-%'";

    private static long ResidentOf(Child worker) => File.ReadLines($"/proc/{worker.Id.ToString(CultureInfo.InvariantCulture)}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024).Single();
}
