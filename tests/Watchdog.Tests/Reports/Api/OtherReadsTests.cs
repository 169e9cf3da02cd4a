namespace Watchdog.Tests.Reports.Api;

public class OtherReadsTests
{
    [Fact]
    public async Task The_trail_is_read_page_by_page()
    {
        await using var site = await ApiSite.OpenAsync();
        var first = await site.GetAsync("/v1/audit?limit=2&actor=ann");
        Assert.Equal(2, first.Json.GetProperty("lines").GetArrayLength());
        var second = await site.GetAsync($"/v1/audit?limit=2&actor=ann&before={first.Json.GetProperty("next").GetInt64()}");
        Assert.Equal("key.added", Assert.Single(second.Json.GetProperty("lines").EnumerateArray()).GetProperty("what").GetString());
        Assert.Equal(400, (await site.GetAsync("/v1/audit?limit=0")).Status);
    }

    [Fact]
    public async Task A_days_report_is_one_document_with_that_days_cases()
    {
        await using var site = await ApiSite.OpenAsync();
        await site.AddCasesAsync(2);
        Assert.Equal(2, (await site.GetAsync("/v1/reports/2026-01-04")).Json.GetProperty("cases").GetArrayLength());
        Assert.Equal(0, (await site.GetAsync("/v1/reports/2026-01-03")).Json.GetProperty("cases").GetArrayLength());
        foreach (var day in new[] { "2026-01-06", "9999-12-31", "2026-13-01", "yesterday" })
        {
            Assert.Equal(404, (await site.GetAsync($"/v1/reports/{day}")).Status);
        }
    }

    [Fact]
    public async Task Where_nothing_is_there_lists_are_empty()
    {
        await using var site = await ApiSite.OpenAsync();
        Assert.Equal(0, (await site.GetAsync("/v1/incidents")).Json.GetProperty("incidents").GetArrayLength());
        Assert.Equal(404, (await site.GetAsync("/v1/incidents/1")).Status);
        Assert.Equal(0, (await site.GetAsync("/v1/approvals")).Json.GetProperty("cases").GetArrayLength());
        Assert.Equal(0, (await site.GetAsync("/v1/cases")).Json.GetProperty("cases").GetArrayLength());
    }
}
