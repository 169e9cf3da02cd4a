using Npgsql;
using Watchdog.Ledger.Auditing;
using Watchdog.Storage;

namespace Watchdog.Tests.Ledger.Auditing;

public sealed class AuditSealerTests
{
    [Fact]
    public async Task Lines_are_sealed_into_a_chain_that_verifies()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.AppendAsync(3);
        await trail.SealAllAsync();
        await trail.AppendAsync(2);
        await trail.SealAllAsync();

        var verdict = await trail.VerifyAsync();

        Assert.True(verdict.Holds);
        Assert.Equal((5, 0, null), (verdict.Lines, verdict.Unsealed, verdict.UnsealedSince));
        Assert.Equal(verdict.Head, await trail.Verifier.HeadAsync(default));
        Assert.Equal((verdict.Seals, 5), (verdict.Head!.Seq, verdict.Head.Lines));
    }

    [Fact]
    public async Task A_transaction_that_commits_late_holds_younger_ones_back_and_is_not_skipped()
    {
        await using var trail = await Trail.CreateAsync();
        await using var slow = await trail.Database.Source.OpenConnectionAsync();
        await using var open = await slow.BeginTransactionAsync();
        await Trail.AppendAsync(slow, open, "late");
        await trail.AppendAsync(2, "early");

        await trail.Sealer.RunAsync(await trail.TakeAsync(), Trail.Start, default);
        Assert.Equal((0, 2), ((await trail.VerifyAsync()).Lines, (await trail.VerifyAsync()).Unsealed));
        await open.CommitAsync();
        await trail.SealAllAsync();

        var verdict = await trail.VerifyAsync();
        Assert.True(verdict.Holds);
        Assert.Equal(3, verdict.Lines);
        Assert.Equal("late", await trail.Database.ScalarAsync<string>("select actor from audit order by xid, id limit 1"));
    }

    [Fact]
    public async Task Two_workers_that_seal_at_once_make_one_chain()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.AppendAsync(40);

        async Task SealAsync(string owner)
        {
            for (var round = 0; round < 5; round++)
            {
                var fence = await trail.TakeAsync(owner);
                await trail.AppendAsync(3, owner);
                try
                {
                    await trail.Sealer.RunAsync(fence, Trail.Start, default);
                }
                catch (FencedException)
                {
                    // The other one came between: it seals.
                }
            }
        }

        await Task.WhenAll(SealAsync("a"), SealAsync("b"), SealAsync("c"));
        await trail.SealAllAsync();

        var verdict = await trail.VerifyAsync();
        Assert.True(verdict.Holds, string.Join("; ", verdict.Breaks.Select(b => b.Words)));
        Assert.Equal(40 + (3 * 5 * 3), verdict.Lines);
    }

    [Fact]
    public async Task A_worker_whose_lease_was_taken_seals_nothing()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.AppendAsync(1);
        var zombie = await trail.TakeAsync("zombie");
        await trail.TakeAsync("successor");

        await Assert.ThrowsAsync<FencedException>(() => trail.Sealer.RunAsync(zombie, Trail.Start, default));

        Assert.Equal(0, await trail.Database.ScalarAsync<long>("select count(*) from audit_seal"));
    }

    [Fact]
    public async Task A_seal_that_is_lost_before_its_commit_is_made_anew_and_leaves_no_hole()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.AppendAsync(3);
        await trail.SealAllAsync();
        await trail.AppendAsync(3);
        // The server ends the sealer's connection at the insert, as a crash would.
        await trail.Database.ExecuteAsync(
            """
            create function die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
            create trigger die after insert on audit_seal for each row execute function die();
            """);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => trail.SealAllAsync());
        await trail.Database.ExecuteAsync("drop trigger die on audit_seal");
        await trail.AppendAsync(1);

        await trail.SealAllAsync();

        var verdict = await trail.VerifyAsync();
        Assert.True(verdict.Holds);
        Assert.Equal((7, 0), (verdict.Lines, verdict.Unsealed));
    }

    [Fact]
    public async Task More_lines_than_one_seal_holds_make_several()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.Database.ExecuteAsync(
            "insert into audit (at, actor, what, subject, data) select $1, 'a', 'w', 's', jsonb_build_object('n', n) from generate_series(1, $2) n",
            Trail.Start, (2 * AuditSealer.LinesASeal) + 7);

        await trail.SealAllAsync();

        var verdict = await trail.VerifyAsync();
        Assert.True(verdict.Holds);
        Assert.Equal((3, (2 * AuditSealer.LinesASeal) + 7), (verdict.Seals, verdict.Lines));
    }

    [Fact]
    public async Task Transactions_stand_in_the_order_of_their_numbers_and_not_of_their_digits()
    {
        await using var trail = await Trail.CreateAsync();
        foreach (var xid in (string[])["100", "9", "99", "10"])
        {
            await trail.Database.ExecuteAsync(
                "insert into audit (xid, at, actor, what, subject, data) values ($1::text::xid8, $2, $1, 'w', 's', '{}')", xid, Trail.Start);
        }

        await trail.SealAllAsync();

        Assert.True((await trail.VerifyAsync()).Holds);
        Assert.Equal("100", await trail.Database.ScalarAsync<string>("select last_xid::text from audit_seal"));
    }

    [Fact]
    public async Task A_dump_in_a_younger_cluster_is_said_and_not_sealed_past()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.Database.ExecuteAsync("insert into audit (xid, at, actor, what, subject, data) values ('9000000000000', $1, 'a', 'w', 's', '{}')", Trail.Start);
        var line = await trail.Database.ScalarAsync<long>("select id from audit");
        var restored = AuditSeal.Over(
            [new AuditLine(line, 9_000_000_000_000, Trail.Start, "a", "w", "s", null, null, "{}")], 1, AuditSeal.Nothing, Trail.Start);
        await trail.Database.ExecuteAsync(
            "insert into audit_seal (seq, at, last_xid, last_id, lines, leaves, previous, sha256) values (1, $1, '9000000000000', $2, 1, $3, $4, $5)",
            Trail.Start, line, restored.Leaves, restored.Previous, restored.Sha256);

        var fault = await Assert.ThrowsAsync<AuditChainException>(async () => await trail.Sealer.RunAsync(await trail.TakeAsync(), Trail.Start, default));

        Assert.Contains("pg_resetwal", fault.Message, StringComparison.Ordinal);
        Assert.Equal(AuditBreakKind.SealAhead, Assert.Single((await trail.VerifyAsync()).Breaks).Kind);
    }

    [Fact]
    public void The_definition_of_the_hashes_stands()
    {
        // Frozen: hashes in ledgers follow this definition (docs/decisions/0006-audit-chain.md).
        var line = new AuditLine(17, 1234, Trail.Start.AddTicks(10), "ann", "case.ruled", "case:3", "0.1.0+2026-11-22", new byte[32], """{"b": 1.50, "a": "x"}""");
        var seal = AuditSeal.Over([line], 1, AuditSeal.Nothing, Trail.Start);

        Assert.Equal(
            "{\"actor\":\"ann\",\"at\":1767571200000001e0,\"data\":{\"a\":\"x\",\"b\":15e-1},\"evidence_sha256\":\"" + new string('0', 64)
            + "\",\"id\":17e0,\"rule_version\":\"0.1.0+2026-11-22\",\"subject\":\"case:3\",\"what\":\"case.ruled\",\"xid\":1234e0}",
            line.Canonical());
        Assert.Equal("d9df48492ad0c123dd0ceba23ff30ca2e6290de4574a57b00e4a44eb1f461067", Convert.ToHexStringLower(line.Digest()));
        Assert.Equal("a3694dd4cef482a0cc4815b18a7f5fd6083615adf29f7e900dedadf4e3c0faf7", Convert.ToHexStringLower(seal.Sha256));
    }
}
