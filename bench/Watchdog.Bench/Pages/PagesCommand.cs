using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Alerts;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Owners;
using Watchdog.Reports;
using Watchdog.Reports.Health;
using Watchdog.Slo;

namespace Watchdog.Bench.Pages;

/// <summary><c>scripts/bench pages</c>: reviewers on the ops pages over a private Postgres with many open cases, while things change.</summary>
internal static class PagesCommand
{
    private const double Goal = 20;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Changes = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] args)
    {
        var (cases, reviewers, seconds, path) = (Number("--cases", 10_000), Number("--reviewers", 50), Number("--seconds", 30), Text("--out"));
        using var folder = new ScratchFolder();
        var builder = CliHost.Create(Cli.CommandLine.Create().Parse(["migrate", "--data", folder.Path]), [new("Http:Listen", "127.0.0.1:0"), new("Inventory:Scopes:0:Regions:0", "eu-west-1")], LogLevel.Error);
        builder.Services.AddWorker(builder.Configuration).AddHttp().AddPages().AddHealth().AddSloGauges().AddOwners().AddIncidents();
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, CancellationToken.None);
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        var clocks = host.Services.GetRequiredService<Clocks>();
        await Seeding.CasesAsync(database, cases, cases, clocks.Fleet.GetUtcNow());
        await host.StartAsync();
        var site = host.Services.GetRequiredService<HttpListening>().Address!;
        ConcurrentBag<Seen> seen = [];
        ConcurrentBag<double> heard = [];
        var changed = Stopwatch.GetTimestamp();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds) + Warm);
        var sessions = host.Services.GetRequiredService<SessionBook>();
        List<Task> running = [ChangeAsync()];
        var reviewing = new Reviewer[reviewers];
        for (var i = 0; i < reviewers; i++)
        {
            var one = reviewing[i] = new Reviewer(site, await sessions.BeginAsync($"reviewer {i}", Role.Operator, "oidc", TimeSpan.FromHours(1), CancellationToken.None), cases, i, seen, heard);
            running.Add(one.LookAsync(end.Token));
            running.Add(one.ListenAsync(() => Volatile.Read(ref changed), end.Token));
        }

        await Task.Delay(Warm, TimeProvider.System);
        seen.Clear();
        heard.Clear();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.WhenAll(running.Select(async task =>
        {
            try
            {
                await task;
            }
            catch (OperationCanceledException)
            {
                // The time is over.
            }
        }));
        foreach (var one in reviewing)
        {
            one.Dispose();
        }

        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var table = Table(cases, reviewers, seconds, [.. seen], [.. heard], used);
        Console.WriteLine(table);
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, table);
        }

        await host.StopAsync();
        return seen.All(one => one.Status == 200) && Quantile([.. seen.Select(one => one.ServerMs)], 0.99) < Goal ? 0 : 1;

        async Task ChangeAsync()
        {
            while (true)
            {
                await Task.Delay(Changes, TimeProvider.System, end.Token);
                Volatile.Write(ref changed, Stopwatch.GetTimestamp());
                await Seeding.ChangeAsync(database, clocks.Fleet.GetUtcNow(), end.Token);
            }
        }

        string? Text(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static string Table(int cases, int reviewers, int seconds, IReadOnlyList<Seen> seen, IReadOnlyList<double> heard, double cpu)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Pages

            `scripts/bench pages`: {reviewers} reviewers, {cases:N0} open cases and as many closed ones, {seconds} s; each looks at the queue with changing filters, at a case and at a form,
            a second for each, and listens for changes, which come every {Changes.TotalSeconds:0} s and let each browser ask for its queue anew within two seconds. Browsers, server and Postgres
            share {Environment.ProcessorCount} cores. Server time is the server's own figure (header Server-Timing). The machine's load average of the last minute was
            {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end.

            | page | requests | not 200 | server p50, ms | p90 | p99 | total p99, ms | bytes, median |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var of in seen.GroupBy(one => one.Page).OrderBy(of => of.Key, StringComparer.Ordinal).Append(seen.GroupBy(_ => "all").Single()))
        {
            double[] server = [.. of.Select(one => one.ServerMs)];
            text.Append(CultureInfo.InvariantCulture,
                $"| {of.Key} | {of.Count():N0} | {of.Count(one => one.Status != 200)} | {Quantile(server, 0.5):0.0} | {Quantile(server, 0.9):0.0} | {Quantile(server, 0.99):0.0} | {Quantile([.. of.Select(one => one.TotalMs)], 0.99):0.0} | {Quantile([.. of.Select(one => (double)one.Bytes)], 0.5):N0} |\n");
        }

        return text.Append(CultureInfo.InvariantCulture,
            $"""

            Goal: server time p99 under {Goal:0} ms. {seen.Count / (double)seconds:0} requests a second, {cpu / seconds * 100:0} % of a core for browsers and server together. A change was heard
            after {Quantile([.. heard], 0.5):0} ms (p50) and {Quantile([.. heard], 0.99):0} ms (p99); the listener looks each second.

            """).ToString();
    }

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values[(int)Math.Min(values.Length - 1, share * values.Length)];
    }
}
