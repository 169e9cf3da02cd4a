using System.Text.Json;
using Watchdog.Testing;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>Debian's Alertmanager (package <c>prometheus-alertmanager</c>, which scripts/bootstrap installs) on a free loopback port, with a data folder of its own.</summary>
internal sealed class RealAlertmanager : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("watchdog-alertmanager-");
    private readonly int port = Dashboards.RunningDemo.FreePort();
    private Child child = null!;

    public string Url => $"http://127.0.0.1:{port}";

    public static async Task<RealAlertmanager> StartAsync()
    {
        var started = new RealAlertmanager();
        await File.WriteAllTextAsync(Path.Combine(started.folder.FullName, "alertmanager.yml"),
            """
            route:
              receiver: none
              group_by: [alertname, scope]
              group_wait: 0s
              group_interval: 1s
            receivers:
              - name: none
            """);
        await started.RunAsync();
        return started;
    }

    /// <summary>Kills it and starts it anew: alerts live in its memory alone.</summary>
    public async Task RestartAsync()
    {
        await child.DisposeAsync();
        await RunAsync();
    }

    /// <summary>The alerts that it holds, by its own API.</summary>
    public async Task<IReadOnlyList<JsonElement>> AlertsAsync() =>
        [.. JsonDocument.Parse(await Http.GetStringAsync(new Uri($"{Url}/api/v2/alerts"))).RootElement.EnumerateArray()];

    /// <summary>Its groups: labels, and how many alerts each has.</summary>
    public async Task<IReadOnlyList<JsonElement>> GroupsAsync() =>
        [.. JsonDocument.Parse(await Http.GetStringAsync(new Uri($"{Url}/api/v2/alerts/groups"))).RootElement.EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        child = Child.Start("prometheus-alertmanager",
            [$"--config.file={folder.FullName}/alertmanager.yml", $"--storage.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="]);
        await Until.TrueAsync(async () =>
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri($"{Url}/-/ready"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }
}
