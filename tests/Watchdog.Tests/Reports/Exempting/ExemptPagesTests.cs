using System.Globalization;
using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Exempting;

public sealed class ExemptPagesTests
{
    [Fact]
    public async Task An_exemption_is_placed_once_and_only_after_it_has_shown_what_it_would_have_covered()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1", state: "contained");
        await site.AddCaseAsync("i-2");
        await site.AddCaseAsync("i-3", owner: "other");
        using var bob = await site.BrowseAsync(Role.Operator, "bob");
        (string, string)[] form = [("kind", "owner"), ("until", Day(site, 20)), ("reason", "a course"), ("release", "yes"), ("version", "1")];
        Assert.Equal(422, (await bob.PostAsync($"/cases/{of}/exempt", [.. form, ("step", "place")])).Status);

        var (status, shown, _) = await bob.PostAsync($"/cases/{of}/exempt", [.. form, ("step", "preview")]);
        Assert.Equal(200, status);
        Assert.Contains("It would have covered 2 cases of 1 owner", shown, StringComparison.Ordinal);
        Assert.Equal("owner acme", shown.Field("seen"));
        Assert.Equal(422, (await bob.PostAsync($"/cases/{of}/exempt", [.. form, ("seen", "vm i-1"), ("step", "place")])).Status);
        Assert.Equal(0, await site.CountAsync("exemption"));

        (string, string)[] place = [.. form, ("seen", "owner acme"), ("step", "place"), ("back", "/cases?asked=7")];
        var clicks = await Task.WhenAll(bob.PostAsync($"/cases/{of}/exempt", place), bob.PostAsync($"/cases/{of}/exempt", place));
        Assert.All(clicks, click => Assert.Equal(303, click.Status));
        Assert.Equal((1L, 1L), (await site.CountAsync("exemption"), await site.CountAsync("request", "kind = 'release'")));
        var back = (await bob.GetAsync("/cases?exempted=1&asked=1")).Body;
        Assert.Contains("Exemption 1: owner acme is exempt until", back, StringComparison.Ordinal);
        Assert.Contains("release is asked for", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_covers_more_than_one_owner_is_an_admins_to_propose_and_another_admins_to_approve()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.AddVmAsync("i-1");
        var of = await site.AddCaseAsync("i-1");
        using var bob = await site.BrowseAsync(Role.Operator, "bob");
        (string, string)[] form = [("kind", "image"), ("until", Day(site, 5)), ("reason", "our own <image>"), ("seen", "image ami-1"), ("step", "place"), ("version", "1")];
        Assert.Equal(403, (await bob.PostAsync($"/cases/{of}/exempt", form)).Status);

        using var ann = await site.BrowseAsync(Role.Admin);
        Assert.Equal("/cases?proposed=1", (await ann.PostAsync($"/cases/{of}/exempt", form)).Answer.Headers.Location!.OriginalString);
        Assert.Equal(0, await site.CountAsync("exemption"));
        Assert.Contains("you", (await ann.GetAsync("/proposals/1/approve")).Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(403, (await ann.PostAsync("/proposals/1/approve", ("reason", "fine"))).Status);
        Assert.Equal(403, (await bob.PostAsync("/proposals/1/decline", ("reason", "no"))).Status);

        using var cal = await site.BrowseAsync(Role.Admin, "cal");
        var waiting = (await cal.GetAsync("/approvals")).Body;
        Assert.Contains("1 exemption for a second admin", waiting, StringComparison.Ordinal);
        Assert.Contains("our own &lt;image&gt;", waiting, StringComparison.Ordinal);
        Assert.Contains("/proposals/1/approve", waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("/proposals/1/approve", (await ann.GetAsync("/approvals")).Body, StringComparison.Ordinal);
        Assert.Equal(422, (await cal.PostAsync("/proposals/1/approve", ("reason", " "))).Status);
        Assert.Equal(303, (await cal.PostAsync("/proposals/1/approve", ("reason", "fine"))).Status);
        Assert.Equal(1, await site.CountAsync("exemption", "author = 'ann' and approved_by = 'cal'"));
        Assert.Equal(409, (await ann.PostAsync("/proposals/1/decline", ("reason", "too late"))).Status);
        Assert.Equal(404, (await cal.GetAsync("/proposals/9/approve")).Status);
    }

    [Fact]
    public async Task A_case_of_a_vm_without_an_owners_tag_offers_no_exemption_of_everybody_who_has_none()
    {
        await using var site = await OpsSite.OpenAsync();
        var of = await site.AddCaseAsync("i-1", owner: "unknown");
        using var bob = await site.BrowseAsync(Role.Operator, "bob");
        var offered = (await bob.GetAsync($"/cases/{of}/exempt")).Body;
        Assert.Contains("value=\"vm\"", offered, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"owner\"", offered, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner", "unknown", 5, "may be anybody")]
    [InlineData("vm", "web-1", 5, "no instance id")]
    [InlineData("owner", "acme", 5000, "Its end is further than")]
    [InlineData("owner", "acme", -1, "Its end has passed")]
    [InlineData("owner", "", 5, "It names nobody")]
    public async Task What_means_nothing_is_shown_again_with_what_was_wrong(string kind, string subject, int days, string told)
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Admin);
        var (status, body, _) = await ann.PostAsync("/exemptions/add", ("kind", kind), ("subject", subject), ("until", Day(site, days)), ("reason", "a course"), ("step", "preview"));
        Assert.Equal(422, status);
        Assert.Contains(told, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_what_is_in_force_what_is_stale_and_whom_it_kept_and_ends_it()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Admin);
        Assert.Contains("No VM is exempt.", (await ann.GetAsync("/exemptions")).Body, StringComparison.Ordinal);
        (string, string)[] form = [("kind", "vm"), ("subject", "i-gone"), ("until", Day(site, 5)), ("reason", "a <b>course"), ("seen", "vm i-gone"), ("step", "place"), ("back", "/exemptions")];
        Assert.Equal("/exemptions?exempted=1", (await ann.PostAsync("/exemptions/add", form)).Answer.Headers.Location!.OriginalString);
        await site.Database.ExecuteAsync("insert into exemption_match (exemption_id, instance_id, at) values (1, 'i-kept', $1)", site.Now);

        var list = (await ann.GetAsync("/exemptions")).Body;
        Assert.Contains("is about to end; its VM is gone", list, StringComparison.Ordinal);
        Assert.Contains("a &lt;b&gt;course", list, StringComparison.Ordinal);
        Assert.Contains("i-kept", (await ann.GetAsync("/exemptions/1")).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await ann.GetAsync("/exemptions/9")).Status);

        Assert.Equal(422, (await ann.PostAsync("/exemptions/1/end", ("reason", ""))).Status);
        Assert.Equal(303, (await ann.PostAsync("/exemptions/1/end", ("reason", "over"))).Status);
        Assert.Equal(409, (await ann.PostAsync("/exemptions/1/end", ("reason", "over"))).Status);
        Assert.DoesNotContain("i-gone", (await ann.GetAsync("/exemptions")).Body, StringComparison.Ordinal);
        Assert.Contains("i-gone", (await ann.GetAsync("/exemptions?all=1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_is_added_once_and_ended()
    {
        await using var site = await OpsSite.OpenAsync();
        using var bob = await site.BrowseAsync(Role.Operator, "bob");
        (string, string)[] form = [("vm", "i-1"), ("until", Day(site, 3)), ("reason", "a long build")];
        Assert.Equal(422, (await bob.PostAsync("/holds/add", ("vm", "web"), ("until", Day(site, 3)), ("reason", "x"))).Status);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => bob.PostAsync("/holds/add", form))), click => Assert.Equal(303, click.Status));
        Assert.Equal(1, await site.CountAsync("hold"));
        Assert.Contains("a long build", (await bob.GetAsync("/exemptions")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await bob.PostAsync("/holds/1/end", ("reason", "built"))).Status);
        Assert.Equal(409, (await bob.PostAsync("/holds/1/end", ("reason", "built"))).Status);
        Assert.Equal(404, (await bob.GetAsync("/holds/9/end")).Status);
    }

    private static string Day(OpsSite site, int days) => site.Now.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
