using Watchdog.Ledger;
using Watchdog.Ledger.Appeals;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Links;
using Watchdog.Tests.Cli;
using Watchdog.Tests.Owners.Admission;
using Watchdog.Tests.Owners.Links;

namespace Watchdog.Tests.Owners.Appeals;

/// <summary>The link in a notice: what it shows an owner, what it takes once, and what comes of it.</summary>
public sealed class AppealPageTests
{
    [Fact]
    public async Task A_link_shows_what_is_fit_for_its_owner_and_changes_nothing_until_they_speak()
    {
        await using var gate = await OpenAsync();
        using (var page = await gate.Client.GetAsync(LinkFor(gate)))
        {
            var html = await page.Content.ReadAsStringAsync();
            Assert.Equal((200, "no-store", "same-origin"), ((int)page.StatusCode, page.Headers.CacheControl!.ToString(), page.Headers.GetValues("Referrer-Policy").Single()));
            Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("looks like cryptocurrency mining, which our terms do not allow. We saw it in the programs that run on it.", html, StringComparison.Ordinal);
            Assert.Contains("2026-01-04 23:50 UTC: The VM goes on running", html, StringComparison.Ordinal);
            Assert.Contains("has its network again as it was before", html, StringComparison.Ordinal);
            Assert.Contains("a person looks at it within 4 hours", html, StringComparison.Ordinal);
            // Neither how Watchdog sees, nor whom else.
            Assert.All((string[])["xmrig", "203.0.113.9", "0.97", "weight", "bob", "<script"], word => Assert.DoesNotContain(word, html, StringComparison.Ordinal));
        }

        Assert.Equal(0, await gate.Database.ScalarAsync<long>("select count(*) from appeal"));
        var (status, body) = await PostAsync(gate, LinkFor(gate), "It renders a film.");
        Assert.Equal(200, status);
        Assert.Contains("A person looks at it by 2026-01-05 04:00 UTC", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", body, StringComparison.Ordinal);
        var (appeal, found) = (await ListAsync(gate) is [var one] ? one.Appeal : null, await gate.Get<CaseRepository>().ShowAsync(1, default));
        Assert.Equal(("It renders a film.", gate.Now.AddHours(4)), (appeal!.Words, appeal.DueAt));
        Assert.Equal((appeal, AppealDesk.Actor), (found!.Appeal, found.Audit.Single(line => line.What == "case.appealed").Actor));
        Assert.DoesNotContain("film", await gate.Database.ScalarAsync<string>("select data::text from event where kind = 'case.appealed'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_word_and_two_at_once_add_nothing_and_say_what_is_known()
    {
        await using var gate = await OpenAsync();
        var answers = await Task.WhenAll(PostAsync(gate, LinkFor(gate), "first"), PostAsync(gate, LinkFor(gate), "second"));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        gate.Clock.Advance(TimeSpan.FromHours(1));
        var (status, body) = await PostAsync(gate, LinkFor(gate), "third");
        Assert.Equal(200, status);
        Assert.Contains("2026-01-05 04:00 UTC", body, StringComparison.Ordinal);
        Assert.DoesNotContain("third", body, StringComparison.Ordinal);
        Assert.Equal((1L, 1L), (await gate.Database.ScalarAsync<long>("select count(*) from appeal"), await gate.Database.ScalarAsync<long>("select count(*) from event where kind = 'case.appealed'")));
    }

    [Theory]
    [InlineData("false_positive", CaseStates.Contained, "You were right")]
    [InlineData("false_positive", CaseStates.Released, "it was our mistake, and we are sorry")]
    [InlineData("benign_positive", CaseStates.Released, "you may do this")]
    [InlineData("true_positive", CaseStates.Confirmed, "It stays as it is")]
    [InlineData("indeterminate", CaseStates.Contained, "It is not decided yet")]
    public async Task The_same_link_shows_later_what_came_of_it_and_nothing_that_a_reviewer_wrote(string ruling, string state, string expected)
    {
        await using var gate = await OpenAsync();
        await PostAsync(gate, LinkFor(gate), "mine");
        await InLedgerAsync(gate, (connection, transaction) => Rulings.AppendAsync(connection, transaction, 1, gate.Now.AddHours(1), ruling, "ann", "xmrig, like bob's", default));
        await InLedgerAsync(gate, (connection, transaction) => CaseWriter.SetStateAsync(connection, transaction, 1, state, gate.Now.AddHours(1), default));
        var html = await gate.Client.GetStringAsync(LinkFor(gate));
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", html, StringComparison.Ordinal);
        Assert.Equal(("ruled", gate.Now.AddHours(1)), (await gate.Get<AppealBook>().OfCasesAsync([1], default))[1].Appeal is { } appeal ? (appeal.Ended, appeal.EndedAt) : default);
        Assert.Empty(await ListAsync(gate));
        Assert.Single(await gate.Get<AppealBook>().ListAsync(true, 10, default));
    }

    [Fact]
    public async Task A_release_without_a_ruling_answers_an_appeal_too_and_a_closed_case_takes_none()
    {
        await using var gate = await OpenAsync();
        await PostAsync(gate, LinkFor(gate), "mine");
        await InLedgerAsync(gate, (connection, transaction) => CaseWriter.SetStateAsync(connection, transaction, 1, CaseStates.Released, gate.Now, default));
        Assert.Equal(AppealEnds.Released, (await gate.Get<AppealBook>().OfCasesAsync([1], default))[1].Appeal.Ended);

        await InLedgerAsync(gate, (connection, transaction) => CaseWriter.SetStateAsync(connection, transaction, 2, CaseStates.Closed, gate.Now, default));
        Assert.Contains("This is over", (await PostAsync(gate, LinkFor(gate, 2, "i-bob"), "mine too")).Body, StringComparison.Ordinal);
        Assert.Equal(1, await gate.Database.ScalarAsync<long>("select count(*) from appeal"));
    }

    [Fact]
    public async Task A_forged_or_foreign_link_is_refused_and_an_expired_one_is_gone()
    {
        await using var gate = await OpenAsync();
        var link = LinkFor(gate).ToString();
        string[] forged =
        [
            link.Replace("/cases/1/", "/cases/2/", StringComparison.Ordinal), link.Replace("/cases/1/", "/cases/01/", StringComparison.Ordinal), LinkFor(gate, secret: SignedLinksTests.Other).ToString(),
            "/v1/cases/1/appeal?link=", "/v1/cases/1/appeal?link=x.y", "/v1/cases/1/appeal", "/v1/cases/1/appeal?link=" + new string('A', 5_000),
        ];
        foreach (var wrong in forged)
        {
            using var page = await gate.Client.GetAsync(new Uri(wrong, UriKind.Relative));
            Assert.Equal((403, 403), ((int)page.StatusCode, (await PostAsync(gate, new Uri(wrong, UriKind.Relative), "mine")).Status));
        }

        Assert.Equal(404, (await PostAsync(gate, LinkFor(gate, 1, "i-bob"), "mine")).Status);
        Assert.Equal(404, (await PostAsync(gate, LinkFor(gate, 9, "i-alice"), "mine")).Status);
        gate.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal(410, (await PostAsync(gate, LinkFor(gate), "late")).Status);
        Assert.Contains("has passed", await gate.Client.GetStringAsync(LinkFor(gate)), StringComparison.Ordinal);
        gate.Clock.Advance(TimeSpan.FromDays(14));
        using var gone = await gate.Client.GetAsync(LinkFor(gate));
        Assert.Equal(410, (int)gone.StatusCode);
        Assert.Equal(0, await gate.Database.ScalarAsync<long>("select count(*) from appeal"));
    }

    [Fact]
    public async Task A_post_from_another_site_without_words_with_too_many_or_of_another_kind_takes_nothing()
    {
        await using var gate = await OpenAsync();
        Assert.Equal(403, (await PostAsync(gate, LinkFor(gate), "mine", "cross-site")).Status);
        Assert.Equal(403, (await PostAsync(gate, LinkFor(gate), "mine", "same-site")).Status);
        Assert.Equal(400, (await PostAsync(gate, LinkFor(gate), " \n ")).Status);
        Assert.Equal(400, (await PostAsync(gate, LinkFor(gate), new string('w', 1_001))).Status);
        Assert.Equal(415, (await PostAsync(gate, LinkFor(gate), "a\0b")).Status);
        using var json = await gate.Client.PostAsync(LinkFor(gate), new StringContent("{\"words\":\"mine\"}", System.Text.Encoding.UTF8, "application/json"));
        using var large = await gate.Client.PostAsync(LinkFor(gate), new FormUrlEncodedContent([new("words", new string('w', 40_000))]));
        using var cut = await gate.Client.PostAsync(LinkFor(gate), new StringContent("--x\r\n", new System.Net.Http.Headers.MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "x") } }));
        using var put = await gate.Client.PutAsync(LinkFor(gate), null);
        Assert.Equal((415, 413, 415, 405), ((int)json.StatusCode, (int)large.StatusCode, (int)cut.StatusCode, (int)put.StatusCode));
        Assert.Equal(0, await gate.Database.ScalarAsync<long>("select count(*) from appeal"));
    }

    [Fact]
    public async Task Markup_direction_marks_and_terminal_escapes_are_harmless_wherever_the_words_are_shown()
    {
        await using var gate = await OpenAsync();
        const string words = "<img src=x onerror=alert(1)>\u001b[31m\u202eevil [red]ü\n漢字 🙂";
        var (status, html) = await PostAsync(gate, LinkFor(gate), words);
        Assert.Equal(200, status);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html, StringComparison.Ordinal);
        Assert.All((string[])["<img", "\u001b", "\u202e"], wrong => Assert.DoesNotContain(wrong, html, StringComparison.Ordinal));

        var listed = await CliRun.OnAsync(gate.Database, "appeals", "list");
        var shown = await CliRun.OnAsync(gate.Database, "cases", "show", "1");
        Assert.All((string[])[listed.Output, shown.Output], text => Assert.All((string[])["\u001b", "\u202e"], wrong => Assert.DoesNotContain(wrong, text, StringComparison.Ordinal)));
        Assert.Contains("a person is to rule by 2026-01-05 04:00:00Z", shown.Output, StringComparison.Ordinal);
        var row = (await CliRun.OnAsync(gate.Database, "appeals", "list", "--json")).Json.GetProperty("appeals")[0];
        Assert.Equal((1, "alice", gate.Now.AddHours(4)), (row.GetProperty("case_id").GetInt32(), row.GetProperty("owner").GetString(), row.GetProperty("due_at").GetDateTimeOffset()));
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
        Assert.Equal(429, (await PostAsync(gate, LinkFor(gate), "mine")).Status);
        Assert.Equal(200, (await PostAsync(gate, LinkFor(gate, 2, "i-bob"), "mine")).Status);
        gate.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await PostAsync(gate, LinkFor(gate), "mine")).Status);
    }

    [Theory]
    [InlineData("00:14:59")]
    [InlineData("7.00:00:01")]
    public void A_clock_that_cannot_be_kept_stops_the_start(string clock) =>
        Assert.StartsWith("Appeals:ReviewClock is ", new AppealOptionsValidator().Validate(null, new() { ReviewClock = TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture) }).FailureMessage,
            StringComparison.Ordinal);

    // A gate with a contained case of alice's, one of bob's, and clients without a key.
    private static async Task<Gate> OpenAsync()
    {
        var gate = await Gate.OpenAsync(("Holds:LinkBaseUrl", "https://watchdog.example.com"), ("Holds:LinkSecret", SignedLinksTests.Secret));
        gate.Use(null);
        Assert.Equal((1L, 2L), (await gate.AddCaseAsync("alice"), await gate.AddCaseAsync("bob")));
        await gate.Database.ExecuteAsync(
            """
            with e as (insert into episode (instance_id, scope, shard, class, onset, opened_at, score, reason) values ('i-alice', 1, 0, 'miner', $1, $1, 0.97, 'r') returning id)
            insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding) select 1, id, 'miner', $1, $1, 0.97, 'xmrig to 203.0.113.9',
              '{"evidence": [{"family": "guest-processes", "weight": 3, "sentence": "xmrig to 203.0.113.9"}, {"family": "cpu-shape", "weight": -1, "sentence": "0.97"}]}' from e
            """, gate.Now.AddHours(-1));
        await gate.Database.ExecuteAsync(
            """
            insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, done_at)
            values (1, 'i-alice', 1, 'quarantine', 'verified', 0, false, 'r', 'watchdog', 'v', $1, $1)
            """, gate.Now.AddMinutes(-10));
        return gate;
    }

    private static Uri LinkFor(Gate gate, long of = 1, string vm = "i-alice", string secret = SignedLinksTests.Secret) => new(
        new AppealLinks(SignedLinks.Of(new Uri("https://watchdog.example.com/"), secret))
            .LinkFor(new AppealClaim(of, vm, new DateTimeOffset(2026, 1, 19, 0, 0, 0, TimeSpan.Zero))).PathAndQuery, UriKind.Relative);

    private static async Task<(int Status, string Body)> PostAsync(Gate gate, Uri link, string words, string site = "same-origin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([new("words", words)]) };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await gate.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<IReadOnlyList<CaseAppeal>> ListAsync(Gate gate) => gate.Get<AppealBook>().ListAsync(false, 10, default);

    private static async Task InLedgerAsync(Gate gate, Func<Npgsql.NpgsqlConnection, Npgsql.NpgsqlTransaction, Task> write)
    {
        await using var connection = await gate.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await write(connection, transaction);
        await transaction.CommitAsync();
    }
}
