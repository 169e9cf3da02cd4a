using Watchdog.Owners.Holds;
using Watchdog.Owners.Links;
using Watchdog.Policy;
using Watchdog.Tests.Owners.Admission;
using Watchdog.Tests.Owners.Links;

namespace Watchdog.Tests.Owners.Holds;

/// <summary>The link in a warning: what it shows, what it does once, and what it does not do.</summary>
public sealed class HoldPageTests
{
    private const string Secret = SignedLinksTests.Secret;
    private const string Other = SignedLinksTests.Other;

    [Fact]
    public async Task A_link_shows_a_form_and_keeps_the_vm_once_when_that_is_sent()
    {
        await using var gate = await OpenAsync();
        var link = LinkFor(gate);
        using (var page = await gate.Client.GetAsync(link))
        {
            var html = await page.Content.ReadAsStringAsync();
            Assert.Equal((200, "no-store", "same-origin"), ((int)page.StatusCode, page.Headers.CacheControl!.ToString(), page.Headers.GetValues("Referrer-Policy").Single()));
            Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("<form method=\"post\">", html, StringComparison.Ordinal);
            Assert.Contains("2026-01-05 00:15 UTC", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        }

        Assert.Empty(await HoldsAsync(gate));
        Assert.Contains("not stopped for being unused before 2026-01-05 08:00 UTC", (await PostAsync(gate, link, 8, "a <b>demo</b>")).Body, StringComparison.Ordinal);
        var hold = Assert.Single(await HoldsAsync(gate));
        Assert.Equal(("i-1", "a <b>demo</b>", "its owner, by the link of warning 1", gate.Now.AddHours(8)), (hold.InstanceId, hold.Reason, hold.Author, hold.UntilAt));
    }

    [Fact]
    public async Task A_replayed_link_answers_calmly_and_changes_nothing()
    {
        await using var gate = await OpenAsync();
        var link = LinkFor(gate);
        await PostAsync(gate, link, 8);
        var (status, body) = await PostAsync(gate, link, 168);
        Assert.Equal(200, status);
        Assert.Contains("before 2026-01-05 08:00 UTC", body, StringComparison.Ordinal);
        Assert.Contains("before 2026-01-05 08:00 UTC", await gate.Client.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Single(await HoldsAsync(gate));

        var twice = await Task.WhenAll(PostAsync(gate, LinkFor(gate, warning: 2, vm: "i-2"), 2), PostAsync(gate, LinkFor(gate, warning: 2, vm: "i-2"), 2));
        Assert.All(twice, answer => Assert.Equal(200, answer.Status));
        Assert.Single(await HoldsAsync(gate), hold => hold.InstanceId == "i-2");
    }

    [Fact]
    public async Task A_forged_changed_or_expired_link_is_refused()
    {
        await using var gate = await OpenAsync();
        var link = LinkFor(gate).ToString();
        var token = link[(link.IndexOf("link=", StringComparison.Ordinal) + 5)..];
        string[] forged =
        [
            link.Replace("/i-1/", "/i-2/", StringComparison.Ordinal), LinkFor(gate, secret: Other).ToString(), link[..^1] + (link[^1] == 'A' ? 'Q' : 'A'), "/v1/vms/i-1/hold?link=",
            "/v1/vms/i-1/hold?link=x.y", "/v1/vms/i-1/hold?link=" + token.Split('.')[0], "/v1/vms/i-1/hold?link=" + new string('A', 5_000), "/v1/vms/i-1/hold",
        ];
        foreach (var wrong in forged)
        {
            using var page = await gate.Client.GetAsync(new Uri(wrong, UriKind.Relative));
            Assert.Equal(403, (int)page.StatusCode);
        }

        Assert.All(await Task.WhenAll(forged[..^1].Select(wrong => PostAsync(gate, new Uri(wrong, UriKind.Relative), 8))), answer => Assert.Equal(403, answer.Status));
        gate.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(410, (await PostAsync(gate, new Uri(link, UriKind.Relative), 8)).Status);
        Assert.Empty(await HoldsAsync(gate));
    }

    [Fact]
    public async Task A_form_from_another_site_of_another_time_or_for_a_vm_that_is_gone_places_nothing()
    {
        await using var gate = await OpenAsync(("Holds:LongestDays", "1"));
        Assert.Equal(403, (await PostAsync(gate, LinkFor(gate), 8, site: "cross-site")).Status);
        Assert.Equal(400, (await PostAsync(gate, LinkFor(gate), 72)).Status);
        Assert.Equal(400, (await PostAsync(gate, LinkFor(gate), -8)).Status);
        Assert.Equal(400, (await PostAsync(gate, LinkFor(gate), 8, new string('r', 501))).Status);
        Assert.Equal(404, (await PostAsync(gate, LinkFor(gate, warning: 9), 8)).Status);
        await gate.Database.ExecuteAsync("update vm set gone_at = $1", gate.Now);
        Assert.Equal(404, (await PostAsync(gate, LinkFor(gate), 8)).Status);
        Assert.Empty(await HoldsAsync(gate));
    }

    [Fact]
    public async Task One_link_is_answered_so_often_a_minute_and_others_go_on()
    {
        await using var gate = await OpenAsync();
        for (var use = 0; use < LinkRates.Most; use++)
        {
            _ = await gate.Client.GetStringAsync(LinkFor(gate));
        }

        using var refused = await gate.Client.GetAsync(LinkFor(gate));
        Assert.Equal((429, "60"), ((int)refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        Assert.Equal(200, (await PostAsync(gate, LinkFor(gate, warning: 2, vm: "i-2"), 2)).Status);
    }

    [Fact]
    public async Task A_secret_that_rotates_still_accepts_what_the_old_one_signed()
    {
        await using var gate = await OpenAsync(("Holds:LinkSecret", $"{Other} {Secret}"));
        Assert.Equal(200, (await PostAsync(gate, LinkFor(gate), 8)).Status);
    }

    [Theory]
    [InlineData("https://watchdog.example.com", null, "there is no secret")]
    [InlineData("https://watchdog.example.com", "c2hvcnQ=", "secret 1 is not 32 to 64 bytes in base64")]
    [InlineData("http://watchdog.example.com", Secret, "must be an absolute https URL")]
    [InlineData("https://watchdog.example.com/?a=b", Secret, "must be an absolute https URL")]
    [InlineData("watchdog", Secret, "must be an absolute https URL")]
    [InlineData("https://watchdog.example.com/keep", Secret, null)]
    [InlineData(null, null, null)]
    public void Settings_that_cannot_work_stop_the_start(string? url, string? secret, string? message)
    {
        var result = new HoldLinkValidator().Validate(null, new HoldOptions { LinkBaseUrl = url, LinkSecret = secret });
        Assert.Equal(message is null, result.Succeeded);
        Assert.Contains(message ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    // A gate with two warned VMs, and clients without a key.
    private static async Task<Gate> OpenAsync(params (string Key, string Value)[] settings)
    {
        var gate = await HoldEndpointTests.OpenAsync([("Holds:LinkBaseUrl", "https://watchdog.example.com"), ("Holds:LinkSecret", Secret), .. settings]);
        gate.Use(null);
        await gate.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            values ('i-2', 1, 0, 'alice', 'running', $1, 't3.nano', 2, $1, '{}', $1, $1, 0)
            """, gate.Now.AddDays(-3));
        await gate.Database.ExecuteAsync(
            """
            insert into act (case_id, purpose, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at)
            select null, 'idle', 'i-' || n, 1, 'stop', 'proposed', 0, false, 'r', 'watchdog', 'v', $1 from generate_series(1, 2) n
            """, gate.Now);
        await gate.Database.ExecuteAsync(
            """
            insert into idle_warning (act_id, instance_id, scope, owner, code, warned_at, deadline, lead_seconds, waits, by_receiver)
            select id, instance_id, 1, 'alice', 'idle', $1, $2, 900, true, true from act order by id
            """, gate.Now, gate.Now.AddMinutes(15));
        return gate;
    }

    private static Uri LinkFor(Gate gate, long warning = 1, string vm = "i-1", string secret = Secret) => new(
        new HoldLinks(SignedLinks.Of(new Uri("https://watchdog.example.com/"), secret))
            .LinkFor(new HoldClaim(warning, vm, new DateTimeOffset(2026, 1, 5, 0, 15, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero))).PathAndQuery, UriKind.Relative);

    private static async Task<(int Status, string Body)> PostAsync(Gate gate, Uri link, int hours, string reason = "", string? site = "same-origin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, link)
        {
            Content = new FormUrlEncodedContent([new("hours", hours.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("reason", reason)]),
        };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await gate.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<IReadOnlyList<Hold>> HoldsAsync(Gate gate) => gate.Get<HoldBook>().ListAsync(true, gate.Now, default);
}
