using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Ledger;

public sealed class AskTests
{
    private static readonly RequestPayload Why = new("why");

    [Fact]
    public async Task A_double_click_is_one_request()
    {
        await using var world = await World.CreateAsync();
        var (of, inbox) = (await world.AddCaseAsync(), world.Get<RequestInbox>());

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => inbox.AskAsync("k-1", RequestKinds.Release, "ann", of.Id, of.Version, Why, world.Now, default)));

        Assert.Single(asked, one => one.As == AskedAs.Recorded);
        Assert.Equal(7, asked.Count(one => one.As == AskedAs.Again));
        Assert.Single(asked.Select(one => one.Id).Distinct());
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from request"));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("select count(*) from audit where what = 'request.release'"));
    }

    [Fact]
    public async Task The_same_key_with_other_words_is_refused_and_names_what_it_was_used_for()
    {
        await using var world = await World.CreateAsync();
        var (of, inbox) = (await world.AddCaseAsync(), world.Get<RequestInbox>());
        await inbox.AskAsync("k-1", RequestKinds.Release, "ann", of.Id, of.Version, Why, world.Now, default);

        foreach (var (kind, version, payload) in ((string, int?, RequestPayload)[])[
            (RequestKinds.Confirm, of.Version, Why), (RequestKinds.Release, of.Version + 1, Why), (RequestKinds.Release, null, Why),
            (RequestKinds.Release, of.Version, Why with { Force = true })])
        {
            var other = await inbox.AskAsync("k-1", kind, "ann", of.Id, version, payload, world.Now, default);
            Assert.Equal((AskedAs.Conflict, (long?)null), (other.As, other.Id));
            Assert.StartsWith("This key was used for request 1 (release of case 1), which says something else", other.Sentence, StringComparison.Ordinal);
        }

        Assert.Equal(AskedAs.Recorded, (await inbox.AskAsync("k-1", RequestKinds.Release, "bob", of.Id, of.Version, Why, world.Now, default)).As);
    }

    [Fact]
    public async Task Without_a_key_each_asking_is_a_request()
    {
        await using var world = await World.CreateAsync();
        var (of, inbox) = (await world.AddCaseAsync(), world.Get<RequestInbox>());

        var (one, two) = (await inbox.AskAsync(null, RequestKinds.Release, "ann", of.Id, null, Why, world.Now, default),
            await inbox.AskAsync(null, RequestKinds.Release, "ann", of.Id, null, Why, world.Now, default));

        Assert.True(one.Id < two.Id);
    }

    [Fact]
    public async Task A_request_about_no_case_is_told_in_a_sentence()
    {
        await using var world = await World.CreateAsync();

        var asked = await world.Get<RequestInbox>().AskAsync("k", RequestKinds.Release, "ann", 99, 1, Why, world.Now, default);

        Assert.Equal(new Asked(AskedAs.Unknown, null, "There is no case 99."), asked);
    }

    [Theory]
    [InlineData("terminate", null, null, null, "There is no request 'terminate': one of release, confirm, extend, rule, hand_over.")]
    [InlineData("rule", null, null, null, "A ruling says which: one of true_positive, benign_positive, false_positive, duplicate, indeterminate.")]
    [InlineData("rule", "guilty", null, null, "There is no ruling 'guilty': one of true_positive, benign_positive, false_positive, duplicate, indeterminate.")]
    [InlineData("extend", null, null, null, "An extension says by how much, from a minute to 365 days.")]
    [InlineData("extend", null, "-1.00:00:00", null, "An extension says by how much, from a minute to 365 days.")]
    [InlineData("extend", null, "10000.00:00:00", null, "An extension says by how much, from a minute to 365 days.")]
    [InlineData("hand_over", null, null, "  ", "A case is handed to somebody: name the person or the team.")]
    public void What_cannot_be_meant_is_told_in_a_sentence(string kind, string? ruling, string? span, string? to, string sentence) =>
        Assert.Equal(sentence, RequestRules.Fault(kind, new("why", ruling, Span: span is null ? null : TimeSpan.Parse(span, null), Assignee: to)));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\n")]
    public void A_key_that_is_none_is_told(string key) => Assert.NotNull(RequestRules.KeyFault(key));

    [Fact]
    public async Task What_an_older_worker_would_misread_it_does_not_see()
    {
        await using var world = await World.CreateAsync();
        var (of, inbox) = (await world.AddCaseAsync(), world.Get<RequestInbox>());
        await inbox.AskAsync(null, RequestKinds.Extend, "ann", of.Id, null, new("why", Span: TimeSpan.FromHours(1)), world.Now, default);
        await inbox.AskAsync(null, RequestKinds.Release, "ann", of.Id, null, Why, world.Now, default);

        // Its own query.
        Assert.Equal("release", await world.Database.ScalarAsync<string>("select string_agg(kind, ' ') from request where state = 'open'"));
        Assert.Equal("open", (await inbox.FindAsync(1, default))!.State);
    }
}
