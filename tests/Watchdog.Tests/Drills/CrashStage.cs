using Npgsql;
using Watchdog.FleetSim.Failing;
using Watchdog.Ledger;
using Watchdog.Testing;

namespace Watchdog.Tests.Drills;

/// <summary>When a life of the worker ends by SIGKILL.</summary>
internal enum Moment
{
    /// <summary>A change has arrived at AWS and is not made.</summary>
    BeforeChange,
    /// <summary>A change was made and is not answered.</summary>
    AfterChange,
    /// <summary>A COMMIT has been sent and never arrives at the database.</summary>
    BeforeCommit,
}

/// <summary>The n-th such moment of a life.</summary>
internal sealed record KillPoint(Moment Moment, long Number)
{
    public override string ToString() => $"{Moment} {Number}";
}

/// <summary>
/// A Region, a database and a proxy before it, in which the built program lives and dies: each life is one <c>watchdog sweep</c>, a whole pass
/// with inventory, judgement, requests, admission and the actuator until nothing is under way.
/// </summary>
internal sealed class CrashStage : IAsyncDisposable
{
    private readonly TestDatabase database;
    private Child? living;
    private long changes;

    private CrashStage(CrashRegion region, TestDatabase database)
    {
        (Region, this.database) = (region, database);
        Proxy = new CommitProxy(database.ConnectionString);
        Environment = BuiltProgram.On(region.Url, Proxy.ConnectionString,
            ("Policy__Mode", "Enforce"), ("Policy__MinimumHistory", "00:00:00"), ("Policy__Caps__FleetPercentPerDay", "100"),
            ("Policy__Caps__PerFiveMinutes", "10000"), ("Policy__Caps__PerHour", "100000"), ("Policy__Caps__PerOwnerAndHour", "10000"),
            ("Policy__Brake__CandidatesFloor", "100000"), ("Enforcement__EvidenceSeconds", "0"), ("Enforcement__SettleSeconds", "10"),
            ("Storage__MaxPoolSize", "40"));
    }

    public CrashRegion Region { get; }
    public CommitProxy Proxy { get; }
    public Dictionary<string, string> Environment { get; }
    public short Scope { get; private set; }
    public int Lives { get; private set; }

    /// <summary>Changes and COMMITs of the last life.</summary>
    public (long Changes, long Commits) Counted => (Interlocked.Read(ref changes), Proxy.Commits);

    public static async Task<CrashStage> SetAsync(int vms)
    {
        var stage = new CrashStage(await CrashRegion.StartAsync(vms), await TestDatabase.CreateAsync());
        (await stage.LiveAsync()).With(0);
        stage.Scope = await stage.database.ScalarAsync<short>("select id from scope");
        return stage;
    }

    /// <summary>One life of the worker, to its end.</summary>
    public async Task<Ended> LiveAsync()
    {
        await using var child = Begin();
        return await child.EndAsync();
    }

    /// <summary>One life that ends by SIGKILL at a moment; false when it never came.</summary>
    public async Task<bool> DieAsync(KillPoint at)
    {
        var killed = false;
        Region.Before = async seen =>
        {
            if (at.Moment == Moment.BeforeChange && Interlocked.Read(ref changes) == at.Number - 1)
            {
                await KillAsync();
                return FaultKind.Drop;
            }

            return FaultKind.None;
        };
        Region.After = async seen =>
        {
            if (Interlocked.Increment(ref changes) == at.Number && at.Moment == Moment.AfterChange)
            {
                await KillAsync();
            }
        };
        Proxy.Before = async number =>
        {
            if (at.Moment == Moment.BeforeCommit && number == at.Number)
            {
                await KillAsync();
            }

            return !killed;
        };
        try
        {
            await using var child = Begin();
            var ended = await child.EndAsync();
            Assert.True(killed || ended.ExitCode == 0, ended.Told);
            return killed;
        }
        finally
        {
            (Region.Before, Region.After, Proxy.Before) = (null, Count, null);
        }

        async Task KillAsync()
        {
            killed = true;
            await living!.KillAsync();
        }
    }

    /// <summary>Starts a life and leaves it to the caller.</summary>
    public Child Begin()
    {
        Lives++;
        Interlocked.Exchange(ref changes, 0);
        Proxy.Forget();
        Region.After ??= Count;
        return living = BuiltProgram.Start(["sweep", "--json"], Environment);
    }

    /// <summary>A case on a VM with an act that waits for a person, and that person's word: the next life carries it out.</summary>
    public async Task<long> ProposeAsync(string instanceId, string kind)
    {
        var now = TimeProvider.System.GetUtcNow();
        CaseRecord of;
        await using (var connection = await database.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            of = await CaseWriter.OpenAsync(connection, transaction, instanceId, Scope, $"owner of {instanceId}", "miner", 0.99, "a drill", "drill", now, default);
            Assert.NotNull(await ActWriter.AddAsync(connection, transaction, of,
                new NewAct(kind, ActStates.Proposed, 10, NeedsPerson: true, null, "a drill", Audit.Machine, "drill", null), now, default));
            await transaction.CommitAsync();
        }

        await AskAsync(RequestKinds.Confirm, of.Id);
        return of.Id;
    }

    public Task AskAsync(string request, long caseId) => new RequestInbox(database.Source)
        .InsertAsync(request, "ann", caseId, null, new RequestPayload("a drill"), TimeProvider.System.GetUtcNow(), default);

    public async Task<WholeCase> ShowAsync(long caseId) => (await new CaseRepository(database.Source).ShowAsync(caseId, default))!;

    public Task<T> ScalarAsync<T>(string sql, params object[] values) => database.ScalarAsync<T>(sql, values);

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Region.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await database.DisposeAsync();
    }

    private ValueTask Count(RequestSeen seen)
    {
        Interlocked.Increment(ref changes);
        return default;
    }
}
