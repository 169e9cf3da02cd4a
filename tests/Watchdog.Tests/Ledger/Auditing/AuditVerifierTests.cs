using Watchdog.Ledger.Auditing;

namespace Watchdog.Tests.Ledger.Auditing;

/// <summary>Somebody with every right changes the tables behind the triggers; each way is found, at its place.</summary>
public sealed class AuditVerifierTests
{
    [Theory]
    [InlineData("update audit set actor = 'nobody' where id = $1")]
    [InlineData("update audit set at = at + interval '1 microsecond' where id = $1")]
    [InlineData("update audit set data = data || '{\"share\": 0.126}' where id = $1")]
    [InlineData("update audit set rule_version = '9' where id = $1")]
    [InlineData("update audit set evidence_sha256 = sha256('x') where id = $1")]
    [InlineData("update audit set subject = 'case:1', what = 'case.opened' where id = $1")]
    public async Task A_changed_line_is_found(string change)
    {
        await using var trail = await TwoSealsAsync();
        var line = await trail.LineAsync(4);
        await trail.TamperAsync(change, line);

        var found = Assert.Single((await trail.VerifyAsync()).Breaks);

        Assert.Equal((AuditBreakKind.ChangedLine, await SealOfAsync(trail, 4), (long?)line), (found.Kind, found.Seal, found.Line));
    }

    [Fact]
    public async Task A_removed_line_is_found()
    {
        await using var trail = await TwoSealsAsync();
        var line = await trail.LineAsync(1);
        var seal = await SealOfAsync(trail, 1);
        await trail.TamperAsync("delete from audit where id = $1", line);

        var found = Assert.Single((await trail.VerifyAsync()).Breaks);

        Assert.Equal((AuditBreakKind.RemovedLine, seal, (long?)line), (found.Kind, found.Seal, found.Line));
    }

    [Fact]
    public async Task A_line_slipped_in_between_is_found()
    {
        await using var trail = await TwoSealsAsync();
        await trail.TamperAsync(
            """
            insert into audit (xid, at, actor, what, subject, data)
            select xid, at, 'ann', 'case.confirmed', 'case:7', '{}' from audit where id = $1
            """, await trail.LineAsync(1));

        var found = Assert.Single((await trail.VerifyAsync()).Breaks);

        Assert.Equal((AuditBreakKind.InsertedLine, await SealOfAsync(trail, 1)), (found.Kind, found.Seal));
        Assert.Contains("case.confirmed by ann on case:7", found.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seal_made_to_fit_a_changed_line_is_found()
    {
        await using var trail = await TwoSealsAsync();
        await trail.TamperAsync("update audit set actor = 'nobody' where id = $1", await trail.LineAsync(1));
        await trail.TamperAsync("update audit_seal set leaves = overlay(leaves placing sha256('x') from 9 for 32) where seq = 1");

        Assert.Contains((await trail.VerifyAsync()).Breaks, b => (b.Kind, b.Seal) == (AuditBreakKind.ChangedSeal, 1));
    }

    [Fact]
    public async Task A_seal_computed_anew_breaks_the_link_of_the_next()
    {
        await using var trail = await TwoSealsAsync();
        await ForgeAsync(trail, 1);

        var found = Assert.Single((await trail.VerifyAsync()).Breaks);

        Assert.Equal((AuditBreakKind.BrokenLink, 2), (found.Kind, found.Seal));
    }

    [Fact]
    public async Task A_missing_seal_is_found_without_blaming_its_lines()
    {
        await using var trail = await TwoSealsAsync();
        await trail.TamperAsync("delete from audit_seal where seq = 1");

        var found = Assert.Single((await trail.VerifyAsync()).Breaks);

        Assert.Equal((AuditBreakKind.MissingSeal, 1, null), (found.Kind, found.Seal, found.Line));
        Assert.Equal(AuditBreakKind.MissingSeal, Assert.Single((await trail.VerifyAsync(from: 2)).Breaks).Kind);
    }

    [Fact]
    public async Task A_chain_computed_anew_to_its_end_is_found_by_the_hash_kept_elsewhere()
    {
        await using var trail = await TwoSealsAsync();
        var head = await trail.Verifier.HeadAsync(default);
        Assert.Equal(head!.Seq, (await trail.VerifyAsync(anchor: head.Sha256)).AnchorSeal);
        await ForgeAsync(trail, head.Seq);
        Assert.True((await trail.VerifyAsync()).Holds);

        var found = Assert.Single((await trail.VerifyAsync(anchor: head.Sha256)).Breaks);

        Assert.Equal(AuditBreakKind.UnknownAnchor, found.Kind);
    }

    [Fact]
    public async Task Many_breaks_are_counted_and_the_first_are_told()
    {
        await using var trail = await Trail.CreateAsync();
        await trail.Database.ExecuteAsync(
            "insert into audit (at, actor, what, subject, data) select $1, 'a', 'w', 's', '{}' from generate_series(1, 300)", Trail.Start);
        await trail.SealAllAsync();
        await trail.TamperAsync("update audit set actor = 'b'");

        var verdict = await trail.VerifyAsync();

        Assert.Equal((300, AuditVerifier.MostTold), (verdict.Broken, verdict.Breaks.Count));
    }

    [Fact]
    public async Task What_comes_before_the_first_asked_for_is_trusted()
    {
        await using var trail = await TwoSealsAsync();
        await trail.TamperAsync("update audit set actor = 'nobody' where id = $1", await trail.LineAsync(0));

        Assert.False((await trail.VerifyAsync()).Holds);
        Assert.True((await trail.VerifyAsync(from: 2)).Holds);
    }

    private static async Task<Trail> TwoSealsAsync()
    {
        var trail = await Trail.CreateAsync();
        await trail.AppendAsync(3);
        await trail.SealAllAsync();
        await trail.AppendAsync(3);
        await trail.SealAllAsync();
        return trail;
    }

    // The seal with another instant, and a hash that fits it.
    private static async Task ForgeAsync(Trail trail, long seq)
    {
        await using var command = trail.Database.Source.CreateCommand($"select {AuditSeal.Columns} from audit_seal where seq = $1");
        command.Parameters.Add(new() { Value = seq });
        AuditSeal seal;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            Assert.True(await reader.ReadAsync());
            seal = AuditSeal.Read(reader) with { At = Trail.Start.AddDays(-1) };
        }

        await trail.TamperAsync("update audit_seal set at = $2, sha256 = $3 where seq = $1", seq, seal.At, seal.Hash());
    }

    // Other tests' transactions on the same server may have parted the lines over more seals.
    private static Task<long> SealOfAsync(Trail trail, int offset) => trail.Database.ScalarAsync<long>(
        """
        select min(s.seq) from audit_seal s, (select xid, id from audit order by xid, id offset $1 limit 1) l
        where (s.last_xid, s.last_id) >= (l.xid, l.id)
        """, offset);
}
