using System.Text.RegularExpressions;
using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Trail;

/// <summary>The audit trail as a page.</summary>
public partial class TrailPageTests
{
    [Fact]
    public async Task A_trail_that_is_not_sealed_and_a_filter_that_matches_nothing_are_said_so()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/audit?actor=nobody");

        Assert.Equal(200, status);
        Assert.Contains("No line matches this filter.", body, StringComparison.Ordinal);
        Assert.Contains("Nothing is sealed yet", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_double_also_where_many_lines_have_one_instant()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            "insert into audit (at, actor, what, subject, data) select $1::timestamptz - (n / 40) * interval '1 second', 'a', 'w', 's', '{}' from generate_series(1, 120) n", site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        List<string> seen = [];
        for (var (path, pages) = ((string?)"/audit?actor=a", 0); path is not null && pages < 5; pages++)
        {
            var (_, body, _) = await ann.GetAsync(path);
            seen.AddRange(Line().Matches(body).Select(match => match.Groups[1].Value));
            path = Older().Match(body) is { Success: true } next ? next.Groups[1].Value.Replace("&amp;", "&", StringComparison.Ordinal) : null;
        }

        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
    }

    [Fact]
    public async Task Filters_narrow_by_actor_what_subject_and_time()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into audit (at, actor, what, subject, data) values
              ($1, 'zoe', 'case.released', 'case:7', '{}'), ($1, 'bob', 'case.confirmed', 'case:8', '{}'), ($1 - interval '2 days', 'bob', 'brake.on', 'brake', '{}')
            """, site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        Assert.Equal(["1"], await LinesAsync(ann, "?actor=zoe"));
        Assert.Equal(["2"], await LinesAsync(ann, "?what=case.confirmed"));
        Assert.Equal(["2"], await LinesAsync(ann, "?subject=case:8"));
        Assert.Equal(["3"], await LinesAsync(ann, $"?until={site.Now.AddDays(-1).UtcDateTime:yyyy-MM-ddTHH:mm}"));
        Assert.Equal(["2"], await LinesAsync(ann, $"?actor=bob&since={site.Now.AddDays(-1).UtcDateTime:yyyy-MM-ddTHH:mm}"));
        Assert.Empty(await LinesAsync(ann, "?actor=nobody"));
    }

    [Fact]
    public async Task An_instant_that_is_none_is_answered_with_what_to_write()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/audit?since=yesterday&before=x-y");

        Assert.Equal(422, status);
        Assert.Contains("2026-01-31T12:00", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lines_hold_is_shown_and_not_obeyed()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            "insert into audit (at, actor, what, subject, data) values ($1, '<b>a</b>', 'w', 's' || chr(8238), jsonb_build_object('reason', '<script>x()</script>'))", site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, body, _) = await ann.GetAsync("/audit?verify=1");

        Assert.DoesNotContain("<b>a", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', body);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(Browser browser, string query) =>
        [.. Line().Matches((await browser.GetAsync("/audit" + query)).Body).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("id=\"line-([0-9]+)\"")]
    private static partial Regex Line();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Older();

    [Fact]
    public async Task A_text_longer_than_any_line_has_is_told_and_not_passed_over()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);
        var (status, body, _) = await ann.GetAsync($"/audit?actor={new string('a', 201)}");
        Assert.Equal(422, status);
        Assert.Contains("&#x27;actor&#x27; is longer than 200 characters", body, StringComparison.Ordinal);
    }
}
