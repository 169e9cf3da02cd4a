using Watchdog.Http.Access;
using Watchdog.Slo.Minutes;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Uptime;

/// <summary>What was promised and kept, as a page.</summary>
public class SloPageTests
{
    [Fact]
    public async Task Empty_books_are_said_to_be_empty()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        Assert.Contains("The uptime books are empty", (await ann.GetAsync("/slo")).Body, StringComparison.Ordinal);
        Assert.Contains("The uptime books are empty", (await ann.GetAsync("/slo/worst")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_promise_shows_its_figure_its_budget_and_what_fires()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into slo_standing (slo, grp, span, from_min, to_min, good, bad, excluded, unknown) values
              ('fleet', 'fleet', '28d', 0, 10, 999500, 500, 0, 0), ('fleet', 'fleet', '1h', 0, 10, 990, 10, 0, 0), ('fleet', 'fleet', '5m', 0, 10, 90, 10, 0, 0),
              ('region', 'eu-west-1', '28d', 0, 10, 900000, 100000, 0, 0)
            """);
        await site.Database.ExecuteAsync(
            "insert into slo_alarm (slo, grp, rung, firing, frozen, since_min, reason, at_min) values ('fleet', 'fleet', '14.4/1h+5m', true, false, $1, 'burns 20 times too fast <b>', $1)",
            Minute.Of(site.Now));
        await site.Database.ExecuteAsync("insert into slo_region_month (region, cause, minutes) values ('eu-west-1', 1, 999500), ('eu-west-1', 10, 500)");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/slo");

        Assert.Equal(200, status);
        Assert.Contains("99.950 %", body, StringComparison.Ordinal);
        Assert.Contains("199 x over", body, StringComparison.Ordinal);
        Assert.Contains("1h&#x2B;5m 20/200 fires", body, StringComparison.Ordinal);
        Assert.Contains("burns 20 times too fast &lt;b&gt;", body, StringComparison.Ordinal);
        Assert.Contains("provider", body, StringComparison.Ordinal);
    }
}
