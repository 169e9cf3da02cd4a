using System.Text.RegularExpressions;
using Watchdog.Http.Access;
using Watchdog.Policy.Exempting;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Approving;

public sealed partial class ApprovalsTests
{
    [Fact]
    public async Task An_exemption_that_waits_for_a_second_person_raises_the_badge_until_it_is_decided_on_or_expires()
    {
        await using var site = await OpsSite.OpenAsync(("Policy:Mode", "Enforce"));
        using var ann = await site.BrowseAsync(Role.Admin);
        await site.AddActAsync(await site.AddCaseAsync("i-1"));
        await site.Database.ExecuteAsync("insert into event (at, kind, subject, data) values ($1, 'act.proposed', 'case:1', '{}')", site.Now);
        Assert.Equal("1", await BadgeAsync(site, ann));
        var desk = site.Get<ExemptionDesk>();
        foreach (var image in new[] { "ami-00000000000000001", "ami-00000000000000002" })
        {
            Assert.NotNull((await desk.AddAsync(new ExemptionOrder("image", image, "a course", site.Now.AddDays(3), null, null), "bob", site.Now, default)).Proposal);
        }

        Assert.Equal("3", await BadgeAsync(site, ann));
        Assert.NotNull((await desk.ApproveAsync(1, "ann", "known", site.Now, default)).Exemption);
        Assert.Equal("2", await BadgeAsync(site, ann));
        site.Clock.Advance(TimeSpan.FromDays(60));
        await site.RefreshAsync();
        using var later = await site.BrowseAsync(Role.Admin, "eve");
        Assert.Equal("1", await BadgeAsync(site, later));
    }

    private static async Task<string> BadgeAsync(OpsSite site, Browser browser)
    {
        await site.RefreshAsync();
        return Badge().Match((await browser.GetAsync("/fleet")).Body).Groups[1].Value;
    }

    [GeneratedRegex("href=\"/approvals\"[^>]*>Approvals[^0-9]*([0-9]+)")]
    private static partial Regex Badge();

    [Fact]
    public async Task What_waits_is_shown_with_its_plan_what_its_undo_loses_and_how_far_it_reaches()
    {
        await using var site = await OpsSite.OpenAsync(("Policy:Mode", "Propose"));
        using var ann = await site.BrowseAsync(Role.Operator);
        Assert.Contains("No act waits for a person.", (await ann.GetAsync("/approvals")).Body, StringComparison.Ordinal);

        await site.AddVmAsync("i-1");
        await site.AddVmAsync("i-2");
        var of = await site.AddCaseAsync("i-1", reason: "<img src=x>");
        await site.AddActAsync(of, """{"summary": "isolate 1 network interface(s) of i-1", "steps": [], "not_brought_back": ["open connections"]}""");
        var body = (await ann.GetAsync("/approvals")).Body;
        Assert.Contains("1 case waits for a person", body, StringComparison.Ordinal);
        Assert.Contains("isolate 1 network interface(s) of i-1", body, StringComparison.Ordinal);
        Assert.Contains("does not bring back open connections", body, StringComparison.Ordinal);
        Assert.Contains("2 VMs of this owner, 1 with open cases", body, StringComparison.Ordinal);
        Assert.Contains($"/cases/{of}/confirm?back=%2Fapprovals", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", body, StringComparison.Ordinal);

        using var eve = await site.BrowseAsync(Role.Viewer, "eve");
        Assert.DoesNotContain($"/cases/{of}/confirm", (await eve.GetAsync("/approvals")).Body, StringComparison.Ordinal);
    }
}
