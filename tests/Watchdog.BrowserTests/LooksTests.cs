namespace Watchdog.BrowserTests;

[Collection(DemoCollection.Name)]
public class LooksTests(DemoSite site)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_page_has_a_serious_fault_of_accessibility_and_none_breaks_the_policy_of_content(bool dark)
    {
        using var browser = await Browser.OpenAsync(site, dark: dark);
        List<string> wrong = [];
        foreach (var page in AllPages(browser))
        {
            browser.Go(page);
            browser.Picture($"{(dark ? "dark" : "light")}{page.Replace('/', '-').Replace('?', '-')}");
            wrong.AddRange(browser.SeriousViolations().Select(violation => $"{page}: {violation}"));
            wrong.AddRange(browser.Complaints().Select(complaint => $"{page}: {complaint}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Who_prefers_the_dark_gets_it()
    {
        using var light = await Browser.OpenAsync(site);
        using var dark = await Browser.OpenAsync(site, dark: true);
        Assert.True(Brightness(light) > 200 && Brightness(dark) < 60, $"{Brightness(light)} and {Brightness(dark)}");
    }

    [Fact]
    public async Task On_a_phone_no_page_is_wider_than_the_screen()
    {
        using var browser = await Browser.OpenAsync(site, width: 400);
        List<string> wide = [];
        foreach (var page in AllPages(browser))
        {
            browser.Go(page);
            browser.Picture($"phone{page.Replace('/', '-').Replace('?', '-')}");
            var width = browser.Ask<long>("document.documentElement.scrollWidth");
            if (width > 400)
            {
                wide.Add($"{page}: {width}");
            }
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    // What the navigation leads to, and what a person comes to from there.
    private static List<string> AllPages(Browser browser)
    {
        browser.Go("/cases?show=all");
        List<string> pages = [.. browser.All("header nav a").Select(link => new Uri(link.GetDomProperty("href")!).AbsolutePath)];
        foreach (var first in new[] { "tr[data-case] a.open", "tr[data-case] a[href^='/vms/']" })
        {
            pages.AddRange(browser.All(first).Take(1).Select(link => new Uri(link.GetDomProperty("href")!).AbsolutePath));
        }

        return [.. pages.Distinct()];
    }

    private static double Brightness(Browser browser) =>
        browser.Ask<System.Collections.ObjectModel.ReadOnlyCollection<object>>("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)").Average(Convert.ToDouble);
}
