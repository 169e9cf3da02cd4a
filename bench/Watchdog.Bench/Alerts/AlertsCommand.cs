using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Alerts;
using Watchdog.Alerts.Sending;
using Watchdog.Bench.Fleet;
using Watchdog.Cli;
using Watchdog.Diagnostics;

namespace Watchdog.Bench.Alerts;

/// <summary><c>alerts</c>: thousands of findings within a minute, through the incidents and the outbox to a PagerDuty and a webhook on loopback.</summary>
internal static class AlertsCommand
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static Task<int> RunAsync(string[] args)
    {
        var findings = new Option<int[]>("--findings")
        {
            DefaultValueFactory = _ => [2_000, 20_000, 20_000], Description = "Findings of each wave.", AllowMultipleArgumentsPerToken = true,
        };
        var output = new Option<FileInfo?>("--out") { Description = "File of the table." };
        var command = new RootCommand("A storm of findings.") { findings, output };
        command.SetAction(async (parse, ct) =>
        {
            var run = await PlayAsync(parse.GetValue(findings)!, ct);
            var table = AlertsTable.Write(run);
            Console.WriteLine(table);
            if (parse.GetValue(output) is { } file)
            {
                file.Directory!.Create();
                await File.WriteAllTextAsync(file.FullName, table, ct);
            }

            return AlertsTable.Met(run) ? 0 : 1;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<AlertRun> PlayAsync(int[] findings, CancellationToken ct)
    {
        var load = ProcessCost.Load();
        var clock = new SteppedTime(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        await using var folder = new DataFolder();
        await using var ears = await Ears.OpenAsync(ct);
        var builder = CliHost.Create(Cli.CommandLine.Create().Parse(["sweep", "--data", folder.Path]),
        [
            new("Alerts:Receivers:pager:Type", "pagerduty"), new("Alerts:Receivers:pager:Url", ears.Url), new("Alerts:Receivers:pager:Secret", new string('0', 32)),
            new("Alerts:Receivers:pager:AllowHttp", "true"), new("Alerts:Receivers:pager:AllowPrivateAddresses", "true"),
            new("Alerts:Receivers:hook:Type", "webhook"), new("Alerts:Receivers:hook:Url", $"{ears.Url}/hook"), new("Alerts:Receivers:hook:Secret", Secret),
            new("Alerts:Receivers:hook:AllowHttp", "true"), new("Alerts:Receivers:hook:AllowPrivateAddresses", "true"),
        ], LogLevel.Error);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddWorker(builder.Configuration).AddIncidents().AddAlertSending();
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        var stage = new AlertsStage(host.Services, clock, ears);
        await stage.BeginAsync(ct);
        var (live, rss) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        List<AlertWave> waves = [];
        foreach (var wave in findings)
        {
            waves.Add(await stage.PlayAsync(wave, ct));
        }

        return new(AlertsStage.Scopes, AlertsStage.ClassCount, live, rss, waves, await stage.LeftOpenAsync(ct), Machine.Here(), load, ProcessCost.Load());
    }
}
