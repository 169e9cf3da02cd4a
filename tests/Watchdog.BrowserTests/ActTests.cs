using OpenQA.Selenium;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Links;

namespace Watchdog.BrowserTests;

[Collection(DemoCollection.Name)]
public class ActTests(DemoSite site)
{
    [Fact]
    public async Task Several_cases_are_asked_for_at_once_after_their_exact_set_was_shown_and_taken_back_again()
    {
        using var browser = await Browser.OpenAsync(site, name: "bulk");
        foreach (var box in browser.All("tr[data-case] input[type=checkbox]").Take(2))
        {
            box.Click();
        }

        browser.One("#selected button").Click();
        browser.One("form.act textarea").SendKeys("two at once");
        browser.One("form.act button.primary").Click();
        browser.Until(() => browser.Driver.Url.Contains("/bulk/", StringComparison.Ordinal));
        Assert.Equal(2, browser.All("tr[id^=item-]").Count);
        browser.Picture("bulk-frozen");
        browser.One("form[action$='/start'] button").Click();
        browser.One("form[action$='/undo'] button").Click();
        browser.Until(() => browser.Text.Contains("took back", StringComparison.Ordinal));
        browser.Picture("bulk-undone");
        Assert.Equal(2, browser.All("tr[id^=item-] .mark").Count(mark => mark.Text.Contains("withdrawn", StringComparison.OrdinalIgnoreCase) || mark.Text.Contains("taken back", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task What_waits_for_a_person_is_approved()
    {
        using var browser = await Browser.OpenAsync(site, role: "operator", name: "approves");
        browser.Go("/approvals");
        var of = browser.One("tr[data-case]").GetDomAttribute("data-case");
        browser.Press("jc");
        browser.Until(() => browser.Ask<bool>("document.querySelector('#sheet').open && document.activeElement.name === 'reason'"));
        browser.Press("seen and approved" + Keys.Tab + Keys.Enter);
        browser.Until(() => browser.Ask<bool>($"document.querySelector('#told').textContent.includes('Case {of}')"));
    }

    [Fact]
    public async Task An_exemption_shows_what_it_would_have_covered_before_it_can_be_placed()
    {
        using var browser = await Browser.OpenAsync(site, name: "exempts");
        var of = browser.One("tr[data-case]").GetDomAttribute("data-case");
        browser.Go($"/cases/{of}/exempt");
        Assert.Empty(browser.All("button[value=place]"));
        browser.One("form.act textarea").SendKeys("their own test machine");
        browser.One("button[value=preview]").Click();
        browser.One("button[value=place]");
        Assert.Contains("It would have covered 1 case", browser.Text, StringComparison.Ordinal);
        browser.Picture("exempt");
        browser.One("button[value=place]").Click();
        browser.Go("/exemptions");
        Assert.Contains("their own test machine", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_says_by_the_link_in_the_notice_that_it_is_legitimate_and_reviewers_see_it()
    {
        using var browser = await Browser.OpenAsync(site, name: "reads");
        browser.Go("/cases?show=all");
        var row = browser.One("tr[data-case]");
        var (of, vm) = (long.Parse(row.GetDomAttribute("data-case")!, System.Globalization.CultureInfo.InvariantCulture), row.FindElement(By.CssSelector("a[href^='/vms/']")).Text);
        var claim = new AppealClaim(of, vm, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.Parse("2100-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds()));
        browser.Go(new AppealLinks(SignedLinks.Of(site.Address, DemoSite.Secret)).LinkFor(claim).PathAndQuery);
        browser.One("textarea[name=words]").SendKeys("It renders our film.");
        browser.Picture("appeal");
        browser.One("button").Click();
        browser.Until(() => browser.Text.Contains("It renders our film.", StringComparison.Ordinal));
        Assert.Empty(browser.All("textarea"));
        browser.Go($"/cases/{of}");
        Assert.Contains("It renders our film.", browser.Text, StringComparison.Ordinal);
    }
}
