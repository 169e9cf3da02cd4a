using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;
using Watchdog.Tests.Reports.Cases;

namespace Watchdog.Tests.Reports.Vms;

public sealed class VmPageTests
{
    [Fact]
    public async Task A_vm_tells_what_it_is_why_it_was_touched_what_keeps_it_and_its_cases()
    {
        await using var site = await OpsSite.OpenAsync();
        var id = await SeededCase.AddAsync(site);
        await site.Database.ExecuteAsync(
            "insert into hold (instance_id, reason, author, from_at, until_at) values ($1, 'a demo on Friday', 'ann', $2, $3)", SeededCase.Vm, site.Now.AddHours(-1), site.Now.AddHours(5));
        await site.Database.ExecuteAsync(
            "insert into vm_transition (instance_id, scope, at, observed_at, from_state, to_state, reason) values ($1, 1, $2, $2, 'pending', 'running', '')", SeededCase.Vm, site.Now.AddHours(-20));
        using var browser = await site.BrowseAsync(Role.Viewer);

        var (status, page, _) = await browser.GetAsync($"/vms/{SeededCase.Vm}");

        Assert.Equal(200, status);
        Assert.All(
            [
                "m5.large", "eu-west-1a", "quarantine, is verified since", $"Case {id} is contained: miner, 90 %", "It was never screened so far", "mode is observe", "A hold keeps it until", "a demo on Friday",
                $"Case {id} is open.", $"href=\"/cases/{id}\"", "The books hold no minute of it.", "Its CPU does not rest", "pending",
            ],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_no_listing_ever_showed_is_not_there()
    {
        await using var site = await OpsSite.OpenAsync();
        using var browser = await site.BrowseAsync(Role.Viewer);

        Assert.Equal(404, (await browser.GetAsync("/vms/i-0000000000000ffff")).Status);
        Assert.Equal(404, (await browser.GetAsync($"/vms/{new string('i', 300)}")).Status);
        Assert.Equal(400, (await browser.GetAsync($"/vms?q={new string('i', 300)}")).Status);
    }

    [Fact]
    public async Task A_search_finds_ids_and_owners_as_they_begin_page_by_page()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            select 'i-' || lpad(n::text, 4, '0'), 1, 0, case when n % 2 = 0 then 'alice_%' else 'bob' end, 'running', $1, 't3.micro', 2, $1, '{}', $1, $1, 0 from generate_series(1, 120) n
            """, site.Now);
        using var browser = await site.BrowseAsync(Role.Viewer);

        var first = (await browser.GetAsync("/vms?q=alice_%25")).Body;
        var second = (await browser.GetAsync("/vms?q=alice_%25&after=i-0100")).Body;
        var none = (await browser.GetAsync("/vms?q=alicex")).Body;
        var exact = await browser.GetAsync("/vms?q=i-0007");

        Assert.Equal((50, 10), (Count(first), Count(second)));
        Assert.Contains("after=i-0100", first, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);
        Assert.Contains("No VM&#x27;s id and no owner begins so.", none, StringComparison.Ordinal);
        Assert.Equal((302, "/vms/i-0007"), (exact.Status, exact.Answer.Headers.Location!.OriginalString));
        Assert.Equal(50, Count((await browser.GetAsync("/vms")).Body));
        Assert.Contains("No VM was listed so far.", (await EmptyAsync()).Body, StringComparison.Ordinal);
    }

    private static int Count(string page) => page.Split("<th scope=\"row\">").Length - 1;

    private static async Task<(int Status, string Body, HttpResponseMessage Answer)> EmptyAsync()
    {
        await using var site = await OpsSite.OpenAsync();
        using var browser = await site.BrowseAsync(Role.Viewer);
        return await browser.GetAsync("/vms");
    }
}
