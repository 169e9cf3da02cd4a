using Watchdog.Http.Keys;
using Watchdog.Owners.Admission;

namespace Watchdog.Tests.Owners.Admission;

public sealed class AdmissionEndpointTests
{
    private static readonly string[] Held = ["miner"];

    [Fact]
    public async Task An_owner_of_whom_nothing_is_known_may_start()
    {
        await using var gate = await Gate.OpenAsync();
        using var answer = await gate.Client.GetAsync(new Uri("/v1/owners/nobody/admission", UriKind.Relative));
        Assert.Equal("max-age=5, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal(
            """{"owner":"nobody","allowed":true,"reason":null,"message":null,"until":null,"case_id":null,"as_of":"2026-01-05T00:00:00Z"}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_blocked_owner_may_not_until_the_block_ends_by_time_release_or_exemption()
    {
        await using var gate = await Gate.OpenAsync(("Policy:Admission:Block", "10.00:00:00"));
        var of = await gate.AddCaseAsync("mallory", blockedAt: gate.Now.AddDays(-1));
        await gate.AddCaseAsync("past", blockedAt: gate.Now.AddDays(-11));
        await gate.AddCaseAsync("excepted", blockedAt: gate.Now);
        await gate.Database.ExecuteAsync(
            "insert into exemption (kind, subject, reason, author, from_at, until_at) values ('owner', 'excepted', 'r', 'ann', $1, $2)", gate.Now.AddDays(-1), gate.Now.AddDays(1));
        await gate.RefreshAsync();

        var (status, body) = await gate.AskAsync("/v1/owners/mallory/admission");
        Assert.Equal((200, false, "blocked", of), (status, body.GetProperty("allowed").GetBoolean(), body.GetProperty("reason").GetString(), body.GetProperty("case_id").GetInt64()));
        Assert.Equal(gate.Now.AddDays(9), body.GetProperty("until").GetDateTimeOffset());
        Assert.True(await MayAsync(gate, "past"));
        Assert.True(await MayAsync(gate, "excepted"));

        await gate.Database.ExecuteAsync("update act set state = 'released' where case_id = $1", of);
        await gate.RefreshAsync();
        Assert.True(await MayAsync(gate, "mallory"));
    }

    [Fact]
    public async Task A_contained_vm_holds_its_owner_only_in_the_classes_that_are_named()
    {
        await using var free = await Gate.OpenAsync();
        await free.AddCaseAsync("mallory");
        await free.RefreshAsync();
        Assert.True(await MayAsync(free, "mallory"));

        await using var gate = await Gate.OpenAsync(("Policy:Admission:HeldClasses", "miner, forkbomb"));
        await gate.AddCaseAsync("mallory");
        await gate.AddCaseAsync("suspected", state: "open");
        await gate.AddCaseAsync("spinning", found: "runaway");
        await gate.RefreshAsync();
        var (_, body) = await gate.AskAsync("/v1/owners/mallory/admission");
        Assert.Equal(("contained", System.Text.Json.JsonValueKind.Null), (body.GetProperty("reason").GetString(), body.GetProperty("until").ValueKind));
        Assert.True(await MayAsync(gate, "suspected"));
        Assert.True(await MayAsync(gate, "spinning"));
    }

    [Fact]
    public async Task Without_a_key_in_force_nothing_is_told_and_the_day_of_use_is_noted()
    {
        await using var gate = await Gate.OpenAsync();
        var (id, key) = await gate.Get<KeyBook>().AddAsync("short", [KeyScopes.AdmissionRead], "ann", gate.Now, gate.Now.AddHours(1), default);
        await gate.RefreshAsync();
        gate.Use(key);
        Assert.True(await MayAsync(gate, "alice"));
        await gate.RefreshAsync();
        Assert.Equal(DateOnly.FromDateTime(gate.Now.UtcDateTime), (await gate.Get<KeyBook>().ListAsync(false, gate.Now, default))[0].LastUsed);

        foreach (var wrong in (string?[])[null, key[..^1] + (key[^1] == 'A' ? 'Q' : 'A'), key.Replace($"wdk_{id}", "wdk_99", StringComparison.Ordinal), "guess"])
        {
            gate.Use(wrong);
            var (status, body) = await gate.AskAsync("/v1/owners/alice/admission");
            Assert.Equal((401, "no valid key"), (status, body.GetProperty("title").GetString()));
        }

        gate.Use(key);
        gate.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, (await gate.AskAsync("/v1/owners/alice/admission")).Status);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_one_of_another_scope_is_forbidden()
    {
        await using var gate = await Gate.OpenAsync();
        Assert.True(await gate.Get<KeyBook>().RevokeAsync(1, "lost", "ann", gate.Now, default));
        Assert.False(await gate.Get<KeyBook>().RevokeAsync(1, "lost", "ann", gate.Now, default));
        var (_, other) = await gate.Get<KeyBook>().AddAsync("other", ["metrics:read"], "ann", gate.Now, gate.Now.AddDays(1), default);
        await gate.RefreshAsync();

        Assert.Equal(401, (await gate.AskAsync("/v1/owners/alice/admission")).Status);
        gate.Use(other);
        var (status, body) = await gate.AskAsync("/v1/owners/alice/admission");
        Assert.Equal((403, "This needs a key with the scope admission:read."), (status, body.GetProperty("detail").GetString()));
        Assert.Equal(0, await gate.Database.ScalarAsync<long>("select count(*) from audit where data::text like '%wdk_%'"));
    }

    [Fact]
    public async Task A_bad_owner_is_told_so_and_an_unknown_path_is_not_found()
    {
        await using var gate = await Gate.OpenAsync();
        Assert.Equal(400, (await gate.AskAsync("/v1/owners/%20/admission")).Status);
        Assert.Equal(400, (await gate.AskAsync($"/v1/owners/{new string('a', 300)}/admission")).Status);
        Assert.Equal(404, (await gate.AskAsync("/v1/owners/alice")).Status);
        Assert.Equal("a/b", (await gate.AskAsync("/v1/owners/a%2Fb/admission")).Body.GetProperty("owner").GetString());
    }

    [Fact]
    public async Task An_answer_that_could_not_be_refreshed_for_too_long_is_none()
    {
        await using var gate = await Gate.OpenAsync(("Http:StaleSeconds", "30"));
        // The pool is gone: refreshing fails from here on, as with the database away.
        await gate.Database.Source.DisposeAsync();
        gate.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(200, (await gate.AskAsync("/v1/owners/alice/admission")).Status);
        gate.Clock.Advance(TimeSpan.FromSeconds(31));
        var (status, body) = await gate.AskAsync("/v1/owners/alice/admission");
        Assert.Equal((503, "nothing is known"), (status, body.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task The_query_finds_blocks_by_their_index()
    {
        await using var gate = await Gate.OpenAsync();
        await gate.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
            select 'i-' || n, 1, 'o-' || n, 'miner', $1, $1, 'closed', 0.9, 'r', 'v' from generate_series(1, 20000) n
            """, gate.Now);
        await gate.Database.ExecuteAsync(
            """
            insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, done_at)
            select id, instance_id, 1, 'stop', 'verified', 0, false, 'r', 'w', 'v', opened_at, opened_at from case_file
            """);
        await gate.Database.ExecuteAsync("analyze");
        await using var command = gate.Database.Source.CreateCommand("explain " + RefusedOwners.Sql);
        command.Parameters.Add(new() { Value = gate.Now });
        command.Parameters.Add(new() { Value = Held });
        command.Parameters.Add(new() { Value = gate.Now });
        List<string> plan = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        var text = string.Join('\n', plan);
        Assert.Contains("act_block", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on act", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on case_file", text, StringComparison.Ordinal);
    }

    private static async Task<bool> MayAsync(Gate gate, string owner) => (await gate.AskAsync($"/v1/owners/{owner}/admission")).Body.GetProperty("allowed").GetBoolean();
}
