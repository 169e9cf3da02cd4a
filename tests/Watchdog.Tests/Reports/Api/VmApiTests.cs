using Watchdog.Tests.Reports.Cases;

namespace Watchdog.Tests.Reports.Api;

public class VmApiTests
{
    [Fact]
    public async Task A_vm_is_told_of_as_its_page_tells_of_it()
    {
        await using var site = await ApiSite.OpenAsync();
        var id = await SeededCase.AddAsync(site.Site);
        await site.Site.Database.ExecuteAsync(
            "insert into hold (instance_id, reason, author, from_at, until_at) values ($1, 'a demo on Friday', 'ann', $2, $3)", SeededCase.Vm, site.Site.Now.AddHours(-1), site.Site.Now.AddHours(5));

        var (status, json, _) = await site.GetAsync($"/v1/vms/{SeededCase.Vm}");

        Assert.Equal(200, status);
        Assert.Equal(SeededCase.Vm, json.GetProperty("vm").GetProperty("instance_id").GetString());
        var why = json.GetProperty("why").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.Contains("quarantine, is verified since", why[0], StringComparison.Ordinal);
        Assert.StartsWith($"Case {id} is contained: miner", why[1], StringComparison.Ordinal);
        var idle = json.GetProperty("idle");
        Assert.StartsWith("Its CPU does not rest", idle.GetProperty("verdict").GetString(), StringComparison.Ordinal);
        Assert.Contains(idle.GetProperty("kept_by").EnumerateArray(), keeper => keeper.GetProperty("code").GetString() == "hold" && keeper.GetProperty("until").GetDateTimeOffset() == site.Site.Now.AddHours(5));
        Assert.Equal("a demo on Friday", Assert.Single(json.GetProperty("holds").EnumerateArray()).GetProperty("reason").GetString());
        Assert.Equal((System.Text.Json.JsonValueKind.Null, System.Text.Json.JsonValueKind.Null), (json.GetProperty("uptime").ValueKind, json.GetProperty("exemption").ValueKind));
        Assert.Equal(id, Assert.Single(json.GetProperty("cases").EnumerateArray()).GetProperty("id").GetInt64());
        Assert.Equal(404, (await site.GetAsync("/v1/vms/i-0")).Status);
        Assert.Equal(404, (await site.GetAsync($"/v1/vms/{new string('i', 300)}")).Status);
    }
}
