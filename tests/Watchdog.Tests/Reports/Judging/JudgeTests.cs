using Watchdog.Http.Access;
using Watchdog.Ledger;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Judging;

public sealed class JudgeTests
{
    [Theory]
    [InlineData("release", "ruling", "false_positive")]
    [InlineData("confirm", "ruling", "true_positive")]
    [InlineData("extend", "hours", "24")]
    [InlineData("hand-over", "name", "night shift")]
    [InlineData("rule", "ruling", "indeterminate")]
    public async Task Each_act_has_a_form_whose_sending_asks_for_it_at_the_version_that_was_seen(string act, string field, string value)
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1", state: "contained");
        using var ann = await site.BrowseAsync(Role.Operator);
        var (status, form, _) = await ann.GetAsync($"/cases/{of}/{act}?back=/cases%3Fclass=miner");
        Assert.Equal(200, status);

        var (sent, _, answer) = await ann.PostAsync($"/cases/{of}/{act}", ("version", form.Field("version")), ("key", form.Field("key")), ("back", form.Field("back")), ("reason", "seen"), (field, value));
        Assert.Equal((303, "/cases?class=miner&asked=1"), (sent, answer.Headers.Location!.OriginalString));
        var request = (await site.Get<RequestInbox>().FindAsync(1, default))!;
        Assert.Equal((act.Replace('-', '_'), "ann", 1, "open"), (request.Kind, request.Actor, request.ExpectedVersion, request.State));
        Assert.Contains(act.Replace('-', ' ') + " is asked for", (await ann.GetAsync("/cases?class=miner&asked=1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_click_asks_for_nothing_more_also_when_the_first_has_been_taken()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1");
        using var ann = await site.BrowseAsync(Role.Operator);
        (string, string)[] form = [("version", "1"), ("key", (await ann.GetAsync($"/cases/{of}/confirm")).Body.Field("key")), ("reason", "a miner"), ("ruling", "true_positive")];
        var clicks = await Task.WhenAll(ann.PostAsync($"/cases/{of}/confirm", form), ann.PostAsync($"/cases/{of}/confirm", form));
        await site.ChangeAsync(of);
        var late = await ann.PostAsync($"/cases/{of}/confirm", form);

        Assert.All([.. clicks, late], click => Assert.Equal((303, "/cases?asked=1"), (click.Status, click.Answer.Headers.Location!.OriginalString)));
        Assert.Equal(1, await site.CountAsync("request"));
    }

    [Fact]
    public async Task Of_two_reviewers_the_second_is_told_that_the_case_has_changed_and_keeps_what_they_wrote()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1");
        using var ann = await site.BrowseAsync(Role.Operator);
        using var bob = await site.BrowseAsync(Role.Operator, "bob");
        var (first, second) = ((await ann.GetAsync($"/cases/{of}/confirm")).Body, (await bob.GetAsync($"/cases/{of}/release")).Body);
        Assert.Equal(303, (await ann.PostAsync($"/cases/{of}/confirm", ("version", "1"), ("key", first.Field("key")), ("reason", "a miner"), ("ruling", "true_positive"))).Status);
        await site.ChangeAsync(of);

        var (status, body, _) = await bob.PostAsync($"/cases/{of}/release", ("version", "1"), ("key", second.Field("key")), ("reason", "a course at school"), ("ruling", "benign_positive"));
        Assert.Equal(409, status);
        Assert.Contains("has changed since you opened this form", body, StringComparison.Ordinal);
        Assert.Contains("a course at school", body, StringComparison.Ordinal);
        Assert.Equal("2", body.Field("version"));
        Assert.Equal(1, await site.CountAsync("request"));
    }

    [Theory]
    [InlineData("release", "", "", "Say why")]
    [InlineData("rule", "why not", "", "A ruling says which")]
    [InlineData("rule", "why not", "guilty", "There is no ruling")]
    [InlineData("extend", "why not", "", "An extension says by how much")]
    [InlineData("hand-over", "why not", "", "A case is handed to somebody")]
    public async Task What_means_nothing_is_shown_again_with_what_was_wrong(string act, string reason, string ruling, string told)
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1", state: "contained");
        using var ann = await site.BrowseAsync(Role.Operator);
        var (status, body, _) = await ann.PostAsync($"/cases/{of}/{act}", ("version", "1"), ("key", "k"), ("reason", reason), ("ruling", ruling), ("name", ""));
        Assert.Equal(422, status);
        Assert.Contains(told, body, StringComparison.Ordinal);
        Assert.Equal(0, await site.CountAsync("request"));
    }

    [Fact]
    public async Task A_form_tells_beforehand_what_a_confirmation_approves_who_has_the_case_and_that_no_clock_runs()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1");
        await site.AddActAsync(of, """{"summary": "isolate", "steps": [], "not_brought_back": ["open connections"]}""");
        await site.Database.ExecuteAsync("update case_file set assignee = 'night shift'");
        using var ann = await site.BrowseAsync(Role.Operator);
        var confirm = (await ann.GetAsync($"/cases/{of}/confirm")).Body;
        Assert.Contains("A confirmation approves act 1 (quarantine)", confirm, StringComparison.Ordinal);
        Assert.Contains("Its undo does not bring back open connections.", confirm, StringComparison.Ordinal);
        Assert.Contains("night shift has it now.", (await ann.GetAsync($"/cases/{of}/hand-over")).Body, StringComparison.Ordinal);
        var extend = (await ann.GetAsync($"/cases/{of}/extend")).Body;
        Assert.Contains("only the clock of a contained case runs", extend, StringComparison.Ordinal);
        Assert.DoesNotContain(">Extend</button>", extend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_a_guest_and_from_a_form_is_shown_as_text()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1", owner: "<b>\u202Eeve", reason: "<script>alert(1)</script>");
        using var ann = await site.BrowseAsync(Role.Operator);
        var (_, body, _) = await ann.PostAsync($"/cases/{of}/hand-over", ("version", "1"), ("key", "k"), ("reason", "</textarea><script>x</script>"), ("name", ""));
        Assert.DoesNotContain("<script>", body.Replace("<script src", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", body, StringComparison.Ordinal);
        Assert.Equal(404, (await ann.GetAsync("/cases/99/rule")).Status);
    }
}
