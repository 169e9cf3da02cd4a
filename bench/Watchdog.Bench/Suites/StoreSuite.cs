using BenchmarkDotNet.Attributes;
using Npgsql;
using NpgsqlTypes;
using Watchdog.Detection;
using Watchdog.Detectors.Facts;
using Watchdog.Inventory;

namespace Watchdog.Bench.Suites;

/// <summary>What a listing and an hour change, written to a real Postgres: the shipped <c>unnest</c> statements, and COPY into a temporary table with a merge in their place.</summary>
public class StoreSuite
{
    private const int Vms = 5_000;
    private const short Scope = 1;
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private readonly List<(VmRow Row, DateTimeOffset StateSince)>[] _listings = [Rows("running"), Rows("stopped")];
    private int _turn;

    /// <summary>All VMs are known.</summary>
    [GlobalSetup]
    public void Fill() => UpsertByUnnest().GetAwaiter().GetResult();

    /// <summary>As shipped.</summary>
    [Benchmark, SuiteRow("5,000 changed VMs upserted by `unnest`, as shipped", Vms)]
    public Task UpsertByUnnest() => InTransactionAsync((connection, transaction, turn) =>
        VmStore.UpsertAsync(connection, transaction, Scope, _listings[turn % 2], Start.AddMinutes(turn), CancellationToken.None));

    /// <summary>By COPY.</summary>
    [Benchmark, SuiteRow("the same by COPY into a temporary table and a merge", Vms)]
    public Task UpsertByCopy() => InTransactionAsync(async (connection, transaction, turn) =>
    {
        await ExecuteAsync(connection, "create temporary table listed (like vm including defaults) on commit drop");
        await using (var copy = await connection.BeginBinaryImportAsync(
            "copy listed (instance_id, scope, shard, owner, plan, state, state_since, state_reason, instance_type, vcpus, image_id, zone, vpc_id, launch_time, private_ip, public_ip, lifecycle, autoscaling_group, tags, first_seen, changed_at, fingerprint) from stdin (format binary)"))
        {
            foreach (var (row, since) in _listings[turn % 2])
            {
                await copy.StartRowAsync();
                await TextsAsync(copy, row.InstanceId);
                await copy.WriteAsync(Scope);
                await copy.WriteAsync(row.Shard);
                await TextsAsync(copy, row.Owner, row.Plan, row.State);
                await copy.WriteAsync(since);
                await TextsAsync(copy, row.StateReason, row.InstanceType);
                await copy.WriteAsync(row.Vcpus);
                await TextsAsync(copy, row.ImageId, row.Zone, row.VpcId);
                await copy.WriteAsync(row.LaunchTime);
                await TextsAsync(copy, row.PrivateIp, row.PublicIp, row.Lifecycle, row.AutoScalingGroup);
                await copy.WriteAsync(row.Tags, NpgsqlDbType.Jsonb);
                await copy.WriteAsync(Start.AddMinutes(turn));
                await copy.WriteAsync(Start.AddMinutes(turn));
                await copy.WriteAsync(row.Fingerprint);
            }

            await copy.CompleteAsync();
        }

        await ExecuteAsync(connection,
            """
            insert into vm select * from listed
            on conflict (instance_id) do update set scope = excluded.scope, shard = excluded.shard, owner = excluded.owner, plan = excluded.plan,
              state = excluded.state, state_since = excluded.state_since, state_reason = excluded.state_reason,
              instance_type = excluded.instance_type, vcpus = excluded.vcpus, image_id = excluded.image_id, zone = excluded.zone,
              vpc_id = excluded.vpc_id, launch_time = excluded.launch_time, private_ip = excluded.private_ip, public_ip = excluded.public_ip,
              lifecycle = excluded.lifecycle, autoscaling_group = excluded.autoscaling_group, tags = excluded.tags,
              changed_at = excluded.changed_at, fingerprint = excluded.fingerprint, missing_since = null, gone_at = null
            """);
    });

    /// <summary>Every VM's usual level, rolled on by an hour.</summary>
    [Benchmark, SuiteRow("5,000 usual levels of 72 hours upserted by `unnest`, as shipped", Vms)]
    public Task Baselines() => InTransactionAsync((connection, transaction, turn) =>
    {
        var (means, p95s) = (new float[Baseline.Hours], new float[Baseline.Hours]);
        Array.Fill(means, turn % 100);
        Array.Fill(p95s, turn % 100);
        var baseline = new Baseline(means, p95s, (Start.ToUnixTimeSeconds() / 3600) + turn);
        var rolled = new List<RolledBaseline>(Vms);
        foreach (var (row, _) in _listings[0])
        {
            rolled.Add(RolledBaseline.Of(row.InstanceId, baseline));
        }

        return BaselineTable.SaveAsync(connection, transaction, rolled, CancellationToken.None);
    });

    private async Task InTransactionAsync(Func<NpgsqlConnection, NpgsqlTransaction, int, Task> write)
    {
        await using var connection = await SuiteCluster.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await write(connection, transaction, _turn++);
        await transaction.CommitAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task TextsAsync(NpgsqlBinaryImporter copy, params string?[] texts)
    {
        foreach (var text in texts)
        {
            await (text is null ? copy.WriteNullAsync() : copy.WriteAsync(text));
        }
    }

    private static List<(VmRow, DateTimeOffset)> Rows(string state) => [.. Enumerable.Range(0, Vms).Select(i => (
        VmRow.Of(
            new(
                $"i-0{i:x16}", state, null, null, "m5.large", 2, "ami-0123456789abcdef0", "us-east-1a", "vpc-0123456789abcdef0", "subnet-0123456789abcdef0", Start.AddDays(-9), "10.0.0.1",
                null, null, "ebs", null, new Dictionary<string, string> { ["Name"] = $"dev-{i}", ["plan"] = "paid", ["watchdog:managed"] = "true", ["watchdog:owner"] = $"owner-{i}" }, []), new()),
        Start))];
}
