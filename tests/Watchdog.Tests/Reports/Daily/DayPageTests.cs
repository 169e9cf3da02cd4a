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
        Assert.Contains("<h2>Cases</h2>", body, StringComparison.Ordinal);
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
        var (_, sums, whole) = await ann.GetAsync($"/reports/{Day(site.Now)}/sums.csv");

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal($"quarantine-{Day(site.Now)}.csv", answer.Content.Headers.ContentDisposition.FileName?.Trim('"'));
        Assert.Contains("'=cmd|calc", csv, StringComparison.Ordinal);
        Assert.Equal(1, JsonDocument.Parse(json).RootElement.GetProperty("summary").GetProperty("cases").GetInt32());
        Assert.StartsWith("# Quarantine report", markdown, StringComparison.Ordinal);
        Assert.StartsWith("class,cases,", sums, StringComparison.Ordinal);
        Assert.Equal($"quarantine-{Day(site.Now)}.sums.csv", whole.Content.Headers.ContentDisposition!.FileName?.Trim('"'));
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

    [Fact]
    public async Task Page_and_files_tell_each_detectors_precision_with_its_interval_and_how_long_everything_took()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
            select 'i-' || n, 1, 'o', 'miner', $1, $1, 'closed', 0.9, 'r', 'v' from generate_series(1, 10) n
            """, site.Now);
        await site.Database.ExecuteAsync(
            """
            insert into episode (instance_id, scope, shard, class, onset, opened_at, score, reason) select instance_id, 1, 0, class, opened_at - id * interval '1 minute', opened_at, 0.9, 'r' from case_file
            """);
        await site.Database.ExecuteAsync(
            """
            insert into case_episode (case_id, episode_id, class, onset, joined_at, score, reason, finding)
            select c.id, e.id, c.class, e.onset, e.opened_at, 0.9, 'r', '{}' from case_file c join episode e using (instance_id)
            """);
        await site.Database.ExecuteAsync(
            """
            insert into ruling (case_id, at, ruling, actor, reason)
            select id, opened_at + id * interval '2 minutes', case when id = 1 then 'false_positive' else 'true_positive' end, 'ann', 'r' from case_file where id <= 4
            """);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, page, _) = await ann.GetAsync($"/reports/{Day(site.Now)}");
        var (_, markdown, _) = await ann.GetAsync($"/reports/{Day(site.Now)}.md");
        var (_, sums, _) = await ann.GetAsync($"/reports/{Day(site.Now)}/sums.csv");
        var (_, json, _) = await ann.GetAsync($"/reports/{Day(site.Now)}.json");

        // 3 of 4 right; onsets 1 to 10 minutes before the opening; rulings 2 to 8 minutes after it.
        Assert.Contains("Precision of each detector", page, StringComparison.Ordinal);
        Assert.Contains("Wilson", page, StringComparison.Ordinal);
        Assert.All((string[])["0.75 (0.30 to 0.95), 3 of 4", "5.5 / 9.0 (10)", "5.0 / 8.0 (4)"], told => Assert.All((string[])[page, markdown], text => Assert.Contains(told, text, StringComparison.Ordinal)));
        var rows = sums.Split("\r\n").Select(line => line.Split(',')).ToArray();
        var miners = rows[0].Zip(rows[1]).ToDictionary(cell => cell.First, cell => cell.Second);
        Assert.Equal(
            ("miner", "10", "0.7500", "0.3006", "0.9544", "5.5", "9.0", "0", "5.0", "8.0", "90", "0.7500", "yes"),
            (miners["class"], miners["cases"], miners["precision"], miners["precision_low"], miners["precision_high"], miners["detection_median_minutes"], miners["detection_p90_minutes"],
                miners["containment_count"], miners["ruling_median_minutes"], miners["ruling_p90_minutes"], miners["window_days"], miners["window_precision"], miners["may_act"]));
        Assert.Equal("all", rows[2][0]);
        var all = JsonDocument.Parse(json).RootElement.GetProperty("summary").GetProperty("all");
        var detector = JsonDocument.Parse(json).RootElement.GetProperty("summary").GetProperty("detectors")[0];
        Assert.Equal(("miner", 90, 3), (detector.GetProperty("class").GetString(), detector.GetProperty("days").GetDouble(), detector.GetProperty("precision").GetProperty("right").GetInt32()));
        Assert.Equal((9, 8), (all.GetProperty("minutes_to_detection").GetProperty("p90").GetDouble(), all.GetProperty("minutes_to_ruling").GetProperty("p90").GetDouble()));
    }

    [Fact]
    public async Task A_day_of_twenty_thousand_cases_with_the_longest_texts_is_a_page_under_100_kB()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync(
            """
            insert into case_file (instance_id, scope, owner, class, opened_at, closed_at, state, score, reason, rule_version)
            select 'i-' || lpad(n::text, 17, '0'), 1, 'owner-' || lpad(n::text, 30, '0'), 'miner', $1, $1, 'closed', 0.9, repeat('long words ', 200), 'v' from generate_series(1, 20000) n
            """, site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (_, first, _) = await ann.GetAsync($"/reports/{Day(site.Now)}");
        var (_, behind, _) = await ann.GetAsync($"/reports/{Day(site.Now)}?page=99999");

        Assert.Contains("page 1 of 400", first, StringComparison.Ordinal);
        Assert.Contains("page 400 of 400", behind, StringComparison.Ordinal);
        Assert.All((string[])[first, behind], page => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(page), 20_000, 100_000));
        Assert.DoesNotContain("All on one page", first, StringComparison.Ordinal);
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<int> CaseAsync(OpsSite site, string vm, DateTimeOffset at, string reason) => site.Database.ExecuteAsync(
        """
        insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version) values ($1, 1, 'o', 'miner', $2, 'open', 0.9, $3, 'v')
        """, vm, at, reason);
}
