using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Watchdog.Http.Keys;
using Watchdog.Policy;
using Watchdog.Tests.Owners.Admission;

namespace Watchdog.Tests.Owners.Holds;

/// <summary>Holds that the provider's control plane places.</summary>
public sealed class HoldEndpointTests
{
    [Fact]
    public async Task A_hold_is_placed_once_and_the_same_wish_again_finds_it()
    {
        await using var gate = await OpenAsync();
        var wish = new { until = gate.Now.AddHours(5), reason = "a demo <b>for</b> a customer" };
        var (status, body) = await PostAsync(gate, "i-1", wish);
        Assert.Equal((201, 1L, "i-1", wish.until, wish.reason), (status, body.GetProperty("id").GetInt64(), body.GetProperty("instance_id").GetString(),
            body.GetProperty("until").GetDateTimeOffset(), body.GetProperty("reason").GetString()));
        Assert.Equal(200, (await PostAsync(gate, "i-1", wish)).Status);

        var hold = Assert.Single(await gate.Get<HoldBook>().ListAsync(true, gate.Now, default));
        Assert.Equal(("i-1", "API key 2", wish.until), (hold.InstanceId, hold.Author, hold.UntilAt));
        Assert.Equal("API key 2", await gate.Database.ScalarAsync<string>("select actor from audit where what = 'hold.added'"));
    }

    [Theory]
    [InlineData("""{"until":"2026-01-04T00:00:00Z","reason":"r"}""", "'until' has passed: it is 2026-01-05T00:00:00Z.")]
    [InlineData("""{"until":"2026-01-05T00:00:00Z","reason":"r"}""", "'until' has passed")]
    [InlineData("""{"until":"2026-01-19T00:00:01Z","reason":"r"}""", "'until' is further than 14 days")]
    [InlineData("""{"until":"2026-01-06T00:00:00","reason":"r"}""", "'until' is no instant")]
    [InlineData("""{"until":"tomorrow","reason":"r"}""", "'until' is no instant")]
    [InlineData("""{"until":"2026-02-31T00:00:00Z","reason":"r"}""", "'until' is no instant")]
    [InlineData("""{"until":12,"reason":"r"}""", "'until' is missing")]
    [InlineData("""{"until":"2026-01-06T00:00:00Z"}""", "'reason' is missing")]
    [InlineData("""{"until":"2026-01-06T00:00:00Z","reason":"  "}""", "'reason' is empty")]
    [InlineData("""{"until":"2026-01-06T00:00:00Z","reason":"a\nb"}""", "control characters")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"until\":", "no JSON")]
    [InlineData("", "no JSON")]
    public async Task A_wish_that_cannot_be_granted_is_told_why_and_changes_nothing(string json, string why)
    {
        await using var gate = await OpenAsync();
        var (status, body) = await PostAsync(gate, "i-1", new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal((400, "no such hold"), (status, body.GetProperty("title").GetString()));
        Assert.Contains(why, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await gate.Get<HoldBook>().ListAsync(true, gate.Now, default));
    }

    [Fact]
    public async Task An_unknown_vm_a_gone_one_another_scope_no_key_and_another_form_have_their_answers()
    {
        await using var gate = await OpenAsync();
        var wish = new { until = gate.Now.AddHours(5), reason = "r" };
        Assert.Equal((404, "no such VM"), await TitleAsync(PostAsync(gate, "i-none", wish)));
        await gate.Database.ExecuteAsync("update vm set gone_at = $1, state = 'terminated'", gate.Now);
        Assert.Equal((404, "no such VM"), await TitleAsync(PostAsync(gate, "i-1", wish)));
        Assert.Equal((415, "no JSON"), await TitleAsync(PostAsync(gate, "i-1", new StringContent("until=now", Encoding.UTF8, "application/x-www-form-urlencoded"))));
        Assert.Equal((400, "no such hold"), await TitleAsync(PostAsync(gate, "i-1", new { until = gate.Now.AddHours(5), reason = new string('r', 501) })));

        gate.Use(null);
        Assert.Equal((401, "no valid key"), await TitleAsync(PostAsync(gate, "i-1", wish)));
        gate.Use((await gate.Get<KeyBook>().AddAsync("other", [KeyScopes.AdmissionRead], "ann", gate.Now, gate.Now.AddDays(1), default)).Text);
        await gate.RefreshAsync();
        Assert.Equal((403, "key of another scope"), await TitleAsync(PostAsync(gate, "i-1", wish)));
        using var put = await gate.Client.PutAsync(new Uri("/v1/vms/i-1/hold", UriKind.Relative), null);
        Assert.Equal((405, "GET, POST"), ((int)put.StatusCode, string.Join(", ", put.Content.Headers.Allow)));
    }

    internal static async Task<Gate> OpenAsync(params (string Key, string Value)[] settings)
    {
        var gate = await Gate.OpenAsync(settings);
        await gate.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            values ('i-1', 1, 0, 'alice', 'running', $1, 't3.nano', 2, $1, '{}', $1, $1, 0)
            """, gate.Now.AddDays(-3));
        gate.Use((await gate.Get<KeyBook>().AddAsync("holds", [KeyScopes.HoldsWrite], "ann", gate.Now, gate.Now.AddDays(90), default)).Text);
        await gate.RefreshAsync();
        return gate;
    }

    private static Task<(int Status, JsonElement Body)> PostAsync(Gate gate, string id, object wish) => PostAsync(gate, id, JsonContent.Create(wish));

    private static async Task<(int Status, JsonElement Body)> PostAsync(Gate gate, string id, HttpContent content)
    {
        using var answer = await gate.Client.PostAsync(new Uri($"/v1/vms/{id}/hold", UriKind.Relative), content);
        content.Dispose();
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private static async Task<(int Status, string? Title)> TitleAsync(Task<(int Status, JsonElement Body)> asked) =>
        await asked is var (status, body) ? (status, body.GetProperty("title").GetString()) : default;
}
