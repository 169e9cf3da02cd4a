using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Approving;

public sealed class ApprovalsTests
{
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
