using System.Text.RegularExpressions;

namespace Watchdog.BrowserTests;

/// <summary>
/// A demo that has played an hour and goes on at the pace of the wall's clock: people approve every act, so that there is something to judge. One for all tests,
/// which run one after the other.
/// </summary>
public sealed partial class DemoSite : IAsyncLifetime
{
    /// <summary>So many have a dozen abusers.</summary>
    private const string Vms = "1000";

    /// <summary>Signs the links of owners.</summary>
    public static readonly string Secret = Convert.ToBase64String(new byte[32]);

    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-pages-").FullName;
    private Child demo = null!;

    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        demo = BuiltProgram.Start(
            ["demo", "--headless", "--vms", Vms, "--minutes", "90", "--speed", "100000", "--mode", "propose", "--stay", "--data", folder],
            new Dictionary<string, string> { ["Holds__LinkBaseUrl"] = "http://127.0.0.1:1", ["Holds__LinkSecret"] = Secret });
        Address = await demo.WaitForAsync(line => Link().Match(line) is { Success: true } match ? new Uri(match.Groups["site"].Value) : null);
        await demo.WaitForAsync(line => line.StartsWith("The minutes are played", StringComparison.Ordinal) ? line : null);
    }

    /// <summary>A link that signs in once.</summary>
    public async Task<Uri> LinkAsync(string role, string name) =>
        new(Address, (await RunAsync("access", "link", "--role", role, "--name", name)).Trim());

    /// <summary>Runs a command on the demo's database.</summary>
    public async Task<string> RunAsync(params string[] arguments) => (await BuiltProgram.RunAsync(null, [.. arguments, "--data", folder])).With(0).Output;

    public async Task DisposeAsync()
    {
        await demo.StopAsync();
        await demo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"signs in once: (?<site>http://[^/]+)/")]
    private static partial Regex Link();
}

/// <summary>The tests that look at it, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DemoCollection : ICollectionFixture<DemoSite>
{
    /// <summary>Its name.</summary>
    public const string Name = "a demo's pages";
}
