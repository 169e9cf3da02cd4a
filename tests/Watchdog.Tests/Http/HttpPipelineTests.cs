using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Watchdog.Http.Access;
using Watchdog.Http.Keys;
using Watchdog.Tests.Http.Access;
using Watchdog.Tests.Reports.Api;

namespace Watchdog.Tests.Http;

/// <summary>What no page and no endpoint has to think of by itself.</summary>
public sealed class HttpPipelineTests
{
    [Theory]
    [InlineData("/cases?owner=%00")]
    [InlineData("/cases?q=a%00")]
    [InlineData("/vms?after=%00")]
    [InlineData("/audit?actor=%00")]
    [InlineData("/v1/cases?vm=%00")]
    [InlineData("/v1/audit?subject=a%00b")]
    public async Task A_text_that_no_database_keeps_is_told_as_the_askers_mistake(string path)
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);
        var (status, body, _) = await ann.GetAsync(path);
        Assert.Equal(400, status);
        Assert.Contains("a character that is none", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_with_such_a_text_is_refused_too()
    {
        await using var site = await ApiSite.OpenAsync();
        Assert.Equal(400, (await site.PostAsync("/v1/bulk", """{"act":"rule","reason":"x","ruling":"duplicate","where":{"owner":"a\u0000"}}""")).Status);
    }

    [Fact]
    public async Task What_is_no_form_or_cut_off_or_has_a_thousand_fields_is_no_fault_of_the_workers()
    {
        await using var site = await ApiSite.OpenAsync();
        using var ann = await site.Site.BrowseAsync(Role.Admin);
        using var nobody = await site.Site.BrowseAsync(null);
        var many = Enumerable.Range(0, 1_100).Select(i => ($"a{i}", "")).ToArray();
        Assert.Equal(415, (await ann.PostAsync("/views", many)).Status);
        Assert.Equal(403, (await nobody.PostAsync("/sign-in/link", many)).Status);
        Assert.Equal(415, (await site.PostAsync("/views", "{}", KeyScopes.OpsRead)).Status);

        using var client = new HttpClient { BaseAddress = site.Site.Address };
        using var cut = new ByteArrayContent(Encoding.ASCII.GetBytes("abcde"));
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri("/sign-in/link", UriKind.Relative), cut)).StatusCode);
        Assert.Equal(0, await site.Site.Database.ScalarAsync<long>("select count(*) from audit where what = 'web.request'"));
    }

    [Fact]
    public async Task Changes_that_come_too_fast_are_refused_and_leave_no_line_in_the_trail()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);
        List<int> answers = [];
        for (var i = 0; i < 250; i++)
        {
            answers.Add((await ann.PostAsync("/views/1/delete")).Status);
        }

        Assert.Equal((240, 10), (answers.Count(status => status == 303), answers.Count(status => status == 429)));
        Assert.Equal(240L, await site.Database.ScalarAsync<long>("select count(*) from audit where what = 'web.request'"));
    }
}
