using System.Text.Json;
using OpenQA.Selenium;

namespace Watchdog.BrowserTests;

[Collection(DemoCollection.Name)]
public class QueueTests(DemoSite site)
{
    [Fact]
    public async Task Ten_cases_are_reviewed_by_the_keyboard_alone()
    {
        using var browser = await Browser.OpenAsync(site, role: "operator", name: "keys");
        Assert.True(browser.All("tr[data-case]").Count >= 10, $"The demo has {browser.All("tr[data-case]").Count} open cases.");
        browser.Press("j");
        for (var reviewed = 0; reviewed < 10; reviewed++)
        {
            var of = browser.Ask<string>("document.activeElement.dataset.case");
            browser.Press(reviewed % 2 == 0 ? "c" : "r");
            browser.Until(() => browser.Ask<bool>("document.querySelector('#sheet').open && document.activeElement.name === 'reason'"));
            if (reviewed == 0)
            {
                browser.Picture("act");
            }

            browser.Press($"reviewed by keys {reviewed}" + Keys.Tab + Keys.Enter);
            browser.Until(() => browser.Ask<bool>($"!document.querySelector('#sheet').open && document.querySelector('#told').textContent.includes('Case {of}')"));
            if (reviewed < 9 && browser.Ask<bool>($"document.activeElement.dataset?.case === '{of}' || document.activeElement.dataset?.case === undefined"))
            {
                browser.Press("j");
            }
        }

        var trail = JsonDocument.Parse(await site.RunAsync("audit", "list", "--json", "--actor", "keys", "--limit", "1000")).RootElement.GetProperty("lines");
        Assert.Equal(10, trail.EnumerateArray().Count(line => line.GetProperty("what").GetString()!.StartsWith("request.", StringComparison.Ordinal)));
        Assert.Empty(browser.Complaints());
    }

    [Fact]
    public async Task Without_scripts_a_case_is_found_and_judged_by_links_and_forms()
    {
        using var browser = await Browser.OpenAsync(site, role: "operator", name: "plain", scripts: false);
        browser.One("tr[data-case] .acts a").Click();
        browser.One("form.act textarea").SendKeys("judged without scripts");
        browser.One("form.act button[type=submit]").Click();
        browser.Until(() => browser.All("#told p").Count == 1);
        Assert.Contains("Case ", browser.One("#told").Text, StringComparison.Ordinal);
        browser.Picture("no-script");
    }

    [Fact]
    public async Task A_viewer_sees_the_cases_and_no_way_to_act()
    {
        using var browser = await Browser.OpenAsync(site, role: "viewer", name: "looks");
        Assert.NotEmpty(browser.All("tr[data-case]"));
        Assert.Empty(browser.All("tr[data-case] .acts a"));
    }
}
