
namespace Watchdog.Tests.Dashboards;

/// <summary><c>watchdog demo --listen</c> in a process of its own, as fast as the machine can, until disposed of.</summary>
internal sealed class RunningDemo : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly Child child;

    private RunningDemo(Child child, int port) => (this.child, Address) = (child, $"127.0.0.1:{port}");

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>What it has written, for messages.</summary>
    public string Said => child.Said;

    /// <summary>Starts one and waits for its first scrape.</summary>
    public static async Task<RunningDemo> StartAsync()
    {
        var port = FreePort();
        var child = BuiltProgram.Start(
            ["demo", "--headless", "--vms", "300", "--speed", "100000", "--listen", $"127.0.0.1:{port}"],
            new Dictionary<string, string> { ["Diagnostics__StateSeconds"] = "5", ["Aws__MonthlyBudgetUsd"] = "1000" });
        var demo = new RunningDemo(child, port);
        await demo.ScrapeAsync(_ => true);
        return demo;
    }

    /// <summary>The first scrape that is as asked for.</summary>
    /// <exception cref="TimeoutException">None was; the message holds the last one's families.</exception>
    public async Task<string> ScrapeAsync(Func<string, bool> enough)
    {
        var since = TimeProvider.System.GetTimestamp();
        var last = "";
        while (TimeProvider.System.GetElapsedTime(since) < Child.Patience)
        {
            try
            {
                last = await Http.GetStringAsync(new Uri($"http://{Address}/metrics"));
                if (enough(last))
                {
                    return last;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }

        throw new TimeoutException($"The demo does not tell it. It said:\n{Said}\nand told:\n{string.Join('\n', Families(last).Order(StringComparer.Ordinal))}");
    }

    /// <summary>The families of a scrape that have a value.</summary>
    public static IReadOnlySet<string> Families(string scrape) =>
        scrape.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Asks it to end, so that it takes its private cluster along; kills it where it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await child.StopAsync();
        }
        finally
        {
            await child.DisposeAsync();
        }
    }

    /// <summary>A port of loopback that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
    }
}
