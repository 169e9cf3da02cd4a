using System.Globalization;
using System.Text.Json;
using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Daily;

/// <summary>The daily quarantine report as a page and as files.</summary>
public class DayPageTests
{
    [Fact]
    public async Task A_days_report_shows_its_cases_with_sums_and_nothing_of_other_days()
    {
        await using var site = await OpsSite.OpenAsync();
        await CaseAsync(site, "i-1", site.Now, "mines on four cores");
        await CaseAsync(site, "i-2", site.Now.AddDays(-1), "of the day before");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync($"/reports/{Day(site.Now)}");

        Assert.Equal(200, status);
        Assert.Contains("mines on four cores", body, StringComparison.Ordinal);
        Assert.Contains("The day is not over.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("of the day before", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_shows_every_day_since_the_first_case_also_those_without_one()
    {
        await using var site = await OpsSite.OpenAsync();
        await CaseAsync(site, "i-1", site.Now.AddDays(-2), "r");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, body, _) = await ann.GetAsync("/reports");

        for (var ago = 0; ago <= 2; ago++)
        {
            Assert.Contains($"/reports/{Day(site.Now.AddDays(-ago))}\"", body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain($"/reports/{Day(site.Now.AddDays(-3))}\"", body, StringComparison.Ordinal);
        Assert.Contains("no case was opened", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_guest_wrote_is_shown_and_not_obeyed()
    {
        await using var site = await OpsSite.OpenAsync();
        await CaseAsync(site, "i-1", site.Now, "<script>alert(1)</script>\u202e\u001b[31m");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, body, _) = await ann.GetAsync($"/reports/{Day(site.Now)}");

        Assert.DoesNotContain("<script>alert", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', body);
        Assert.DoesNotContain('\u001b', body);
        Assert.Contains("\\u{202E}", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/reports/1")]
    [InlineData("/reports/2026-13-40")]
    [InlineData("/reports/8999-01-01")]
    [InlineData("/reports/8999-01-01.csv")]
    [InlineData("/reports/2026-03-01.exe")]
    public async Task A_day_that_is_none_has_no_report(string path)
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        Assert.Equal(404, (await ann.GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_same_is_to_be_had_as_files_that_no_spreadsheet_takes_for_formulas()
    {
        await using var site = await OpsSite.OpenAsync();
        await CaseAsync(site, "i-1", site.Now, "=cmd|calc");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, csv, answer) = await ann.GetAsync($"/reports/{Day(site.Now)}.csv");
        var (_, json, _) = await ann.GetAsync($"/reports/{Day(site.Now)}.json");
        var (_, markdown, _) = await ann.GetAsync($"/reports/{Day(site.Now)}.md");

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"quarantine-{Day(site.Now)}.csv", answer.Content.Headers.ContentDisposition.FileName?.Trim('"'));
        Assert.Contains("'=cmd|calc", csv, StringComparison.Ordinal);
        Assert.Equal(1, JsonDocument.Parse(json).RootElement.GetProperty("summary").GetProperty("cases").GetInt32());
        Assert.StartsWith("# Quarantine report", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_of_many_cases_is_paged_and_may_stand_on_one_page_for_print()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
            select 'i-' || n, 1, 'o', 'miner', $1, $1, 'closed', 0.9, 'reason ' || n || '.', 'v' from generate_series(1, 60) n
            """, site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, first, _) = await ann.GetAsync($"/reports/{Day(site.Now)}");
        var (_, second, _) = await ann.GetAsync($"/reports/{Day(site.Now)}?page=2");
        var (_, all, _) = await ann.GetAsync($"/reports/{Day(site.Now)}?page=all");

        Assert.Contains("reason 50.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("reason 51.", first, StringComparison.Ordinal);
        Assert.Contains("reason 51.", second, StringComparison.Ordinal);
        Assert.Contains("reason 1.", all, StringComparison.Ordinal);
        Assert.Contains("reason 60.", all, StringComparison.Ordinal);
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<int> CaseAsync(OpsSite site, string vm, DateTimeOffset at, string reason) => site.Database.ExecuteAsync(
        """
        insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version) values ($1, 1, 'o', 'miner', $2, 'open', 0.9, $3, 'v')
        """, vm, at, reason);
}
