using System.Text.RegularExpressions;
using Watchdog.Http.Access;
using Watchdog.Policy;
using Watchdog.Tests.Http.Access;
using Watchdog.Tests.Reports.Health;

namespace Watchdog.Tests.Reports.Fleet;

/// <summary>The fleet's page, and the brake's form.</summary>
public partial class FleetPageTests
{
    [Fact]
    public async Task It_counts_VMs_by_scope_state_and_type_and_names_those_without_data()
    {
        await using var site = await OpsSite.OpenAsync();
        await Given.FleetAsync(site.Database, site.Now);
        await site.Database.ExecuteAsync("insert into scope_coverage (scope, kind, from_at, to_at, seen, vms) select id, 'inventory', $1, $1, true, 5 from scope limit 1", site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/fleet");

        Assert.Equal(200, status);
        Assert.Contains("5 VMs in", body, StringComparison.Ordinal);
        Assert.Contains("t3.small", body, StringComparison.Ordinal);
        Assert.Contains("/vms/i-3", body, StringComparison.Ordinal);
        Assert.DoesNotContain("i-gone", body, StringComparison.Ordinal);
        Assert.DoesNotContain("/fleet/brake", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_VM_it_says_so()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/fleet");

        Assert.Equal(200, status);
        Assert.Contains("0 VMs in 1 scope", body, StringComparison.Ordinal);
        Assert.Contains("No VM is a suspect", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_owners_and_AWS_named_is_shown_and_not_obeyed()
    {
        await using var site = await OpsSite.OpenAsync();
        await Given.FleetAsync(site.Database, site.Now);
        await site.Database.ExecuteAsync("update vm set owner = '<b>o</b>' || chr(8238)");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, body, _) = await ann.GetAsync("/fleet");

        Assert.DoesNotContain("<b>o", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', body);
    }

    [Fact]
    public async Task An_admin_turns_the_brake_with_a_reason_and_off_again()
    {
        await using var site = await OpsSite.OpenAsync();
        using var eve = await site.BrowseAsync(Role.Admin, "eve");

        var (status, _, answer) = await eve.PostAsync("/fleet/brake", ("seen", await SeenAsync(eve)), ("reason", "too many look wrong"));

        Assert.Equal(303, status);
        Assert.Equal("/fleet", answer.Headers.Location!.OriginalString);
        var brake = await Brake.ReadAsync(site.Database.Source, default);
        Assert.Equal((true, "too many look wrong", "eve"), (brake.IsOn, brake.Reason, brake.Actor));
        Assert.Contains("too many look wrong", (await eve.GetAsync("/fleet")).Body, StringComparison.Ordinal);
        await eve.PostAsync("/fleet/brake", ("seen", await SeenAsync(eve)), ("reason", "they were right"));
        Assert.False((await Brake.ReadAsync(site.Database.Source, default)).IsOn);
        Assert.Equal(2, await site.Database.ScalarAsync<long>("select count(*) from audit where what in ('brake.on', 'brake.off') and actor = 'eve'"));
    }

    [Fact]
    public async Task A_form_without_a_reason_or_of_a_brake_that_was_turned_meanwhile_turns_nothing()
    {
        await using var site = await OpsSite.OpenAsync();
        using var eve = await site.BrowseAsync(Role.Admin);
        var seen = await SeenAsync(eve);

        var (empty, said, _) = await eve.PostAsync("/fleet/brake", ("seen", seen), ("reason", " "));
        await Brake.SetAsync(site.Database.Source, true, "somebody else's", "bob", site.Now, default);
        var (stale, told, _) = await eve.PostAsync("/fleet/brake", ("seen", seen), ("reason", "mine"));

        Assert.Equal((422, 422), (empty, stale));
        Assert.Contains("Say why", said, StringComparison.Ordinal);
        Assert.Contains("Somebody turned the brake meanwhile", told, StringComparison.Ordinal);
        Assert.Equal("somebody else's", (await Brake.ReadAsync(site.Database.Source, default)).Reason);
    }

    private static async Task<string> SeenAsync(Browser browser) => Seen().Match((await browser.GetAsync("/fleet/brake")).Body).Groups[1].Value;

    [GeneratedRegex("name=\"seen\" value=\"([^\"]+)\"")]
    private static partial Regex Seen();
}
