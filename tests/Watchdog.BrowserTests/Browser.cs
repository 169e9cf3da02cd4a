using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Interactions;
using OpenQA.Selenium.Support.UI;

namespace Watchdog.BrowserTests;

/// <summary>Debian's Chromium without a window, in which somebody has signed in.</summary>
public sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Pictures = Environment.GetEnvironmentVariable("WATCHDOG_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots");
    private readonly ChromeDriver driver;
    private readonly ChromeDriverService service;
    private readonly Uri site;

    private Browser(Uri site, ChromeDriver driver, ChromeDriverService service) => (this.site, this.driver, this.service) = (site, driver, service);

    public IWebDriver Driver => driver;

    /// <summary>Opens it and signs in.</summary>
    /// <param name="scripts">False: the pages' scripts do not run.</param>
    public static async Task<Browser> OpenAsync(DemoSite site, string role = "admin", string name = "ann", int width = 1400, bool dark = false, bool scripts = true)
    {
        Assert.True(File.Exists("/usr/bin/chromedriver"), "There is no /usr/bin/chromedriver: scripts/bootstrap installs Debian's chromium-driver.");
        var options = new ChromeOptions { BinaryLocation = "/usr/bin/chromium" };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--window-size={width},900");
        options.SetLoggingPreference(LogType.Browser, LogLevel.All);
        if (!scripts)
        {
            options.AddUserProfilePreference("profile.managed_default_content_settings.javascript", 2);
        }

        var service = ChromeDriverService.CreateDefaultService("/usr/bin", "chromedriver");
        service.SuppressInitialDiagnosticInformation = true;
        var driver = new ChromeDriver(service, options, Patience);
        var browser = new Browser(site.Address, driver, service);
        if (width < 500)
        {
            // A window cannot be that narrow; a phone's screen can.
            driver.ExecuteCdpCommand("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 850, ["deviceScaleFactor"] = 1, ["mobile"] = true });
        }

        if (dark)
        {
            driver.ExecuteCdpCommand("Emulation.setEmulatedMedia", new() { ["features"] = new[] { new Dictionary<string, object> { ["name"] = "prefers-color-scheme", ["value"] = "dark" } } });
        }

        try
        {
            await driver.Navigate().GoToUrlAsync(await site.LinkAsync(role, name));
            browser.One("button").Click();
            browser.Until(() => driver.Url.Contains("/cases", StringComparison.Ordinal));
            return browser;
        }
        catch
        {
            browser.Dispose();
            throw;
        }
    }

    public void Go(string path) => driver.Navigate().GoToUrl(new Uri(site, path));

    public IWebElement One(string css) => Until(() => driver.FindElements(By.CssSelector(css)).FirstOrDefault(element => element.Displayed || element.GetDomAttribute("type") == "hidden"));

    public ReadOnlyCollection<IWebElement> All(string css) => driver.FindElements(By.CssSelector(css));

    public string Text => driver.FindElement(By.TagName("body")).Text;

    /// <summary>Waits until something is there, or true.</summary>
    public T Until<T>(Func<T?> find, [CallerArgumentExpression(nameof(find))] string what = "")
    {
        var wait = new WebDriverWait(driver, Patience) { PollingInterval = TimeSpan.FromMilliseconds(50), Message = what };
        wait.IgnoreExceptionTypes(typeof(StaleElementReferenceException), typeof(NoSuchElementException));
        try
        {
            return wait.Until(_ => find())!;
        }
        catch (WebDriverTimeoutException late)
        {
            throw new TimeoutException($"{what}, at {driver.Url}: {Text}", late);
        }
    }

    /// <summary>Presses keys, wherever the focus is.</summary>
    public void Press(string keys) => new Actions(driver).SendKeys(keys).Perform();

    /// <summary>Keeps a picture among the tests' output.</summary>
    public void Picture(string name)
    {
        Directory.CreateDirectory(Pictures);
        driver.GetScreenshot().SaveAsFile(Path.Combine(Pictures, name + ".png"));
    }

    /// <summary>What a script of the test's own says.</summary>
    public T Ask<T>(string script) => (T)driver.ExecuteScript($"return {script}")!;

    /// <summary>axe-core's violations of this page that are serious or worse, one a line.</summary>
    public IReadOnlyList<string> SeriousViolations()
    {
        driver.ExecuteScript(new BundledAxeScriptProvider().GetScript());
        var found = (ReadOnlyCollection<object>)driver.ExecuteAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(result => done(result.violations
              .filter(one => one.impact === 'serious' || one.impact === 'critical')
              .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', '))));
            """)!;
        return [.. found.Cast<string>()];
    }

    /// <summary>What the browser complains of: scripts or styles that the policy keeps out, faults in scripts.</summary>
    public IReadOnlyList<string> Complaints() =>
        [.. driver.Manage().Logs.GetLog(LogType.Browser).Where(entry => entry.Level >= LogLevel.Warning && !entry.Message.Contains("favicon", StringComparison.Ordinal)).Select(entry => entry.Message)];

    public void Dispose()
    {
        driver.Quit();
        service.Dispose();
    }
}
