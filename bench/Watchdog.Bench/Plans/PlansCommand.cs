using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Watchdog.Bench.Pages;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Storage.Cluster;

namespace Watchdog.Bench.Plans;

/// <summary>One page, as the database saw it.</summary>
/// <param name="Ms">The server's own time for the whole page.</param>
/// <param name="Told">The statements behind it.</param>
internal sealed record PagePlans(string Name, string Path, int Status, double Ms, IReadOnlyList<ToldPlan> Told);

/// <summary><c>scripts/bench plans</c>: asks for every page and read over a large ledger and tells how Postgres carried their statements out.</summary>
internal static class PlansCommand
{
    // A statement is prepared with its fifth use in a session, and may get a plan for any values five uses later.
    private const int Warm = 10;
    private const int Looks = 5;
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(2.1);

    public static async Task<int> RunAsync(string[] args)
    {
        var sizes = new LedgerSizes(Number("--vms", 150_000), Number("--open", 10_000), Number("--closed", 200_000), Number("--audit", 950_000), Number("--events", 370_000));
        using var scratch = Text("--data") is null ? new ScratchFolder() : null;
        var told = new ToldPlans();
        using var host = OpsHost.Build(
            Text("--data") ?? scratch!.Path, services => services.AddSingleton(provider => told.Open(provider.GetRequiredService<PrivateCluster>().ConnectionString)));
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, CancellationToken.None);
        var (database, now) = (host.Services.GetRequiredService<NpgsqlDataSource>(), host.Services.GetRequiredService<Clocks>().Fleet.GetUtcNow());
        await FillAsync(host.Services.GetRequiredService<PrivateCluster>(), database, sizes, now);
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Services.GetRequiredService<HttpListening>().Address! };
        var session = await host.Services.GetRequiredService<SessionBook>().BeginAsync("ann", Role.Admin, "oidc", TimeSpan.FromHours(1), CancellationToken.None);
        client.DefaultRequestHeaders.Add("Cookie", $"watchdog_session={Base64Url.EncodeToString(session)}");
        // What the worker asks by itself each second is nobody's page.
        told.Take();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        var own = told.Take().Select(one => one.Sql).ToHashSet();
        List<PagePlans> pages = [];
        foreach (var (name, path) in AskedPages.Of(sizes.Cases, now).Where(page => Text("--only") is not { } only || page.Name.Contains(only, StringComparison.Ordinal)))
        {
            var page = await LookAsync(client, told, own, name, path);
            Console.WriteLine(FormattableString.Invariant($"{page.Status} {page.Ms,8:0.0} ms  {page.Told.Count,3} statements {page.Told.Sum(one => one.Ms),8:0.0} ms  {name}"));
            pages.Add(page);
        }

        if (Text("--plans") is { } folder)
        {
            await KeepAsync(folder, pages);
        }

        if (Text("--out") is { } file)
        {
            await File.WriteAllTextAsync(file, PlansTable.Of(sizes, pages));
        }

        await host.StopAsync();
        return pages.All(page => page.Status == 200) ? 0 : 1;

        string? Text(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static async Task FillAsync(PrivateCluster cluster, NpgsqlDataSource explained, LedgerSizes sizes, DateTimeOffset now)
    {
        await using (var filled = explained.CreateCommand("select exists (select 1 from case_file)"))
        {
            if ((bool)(await filled.ExecuteScalarAsync())!)
            {
                return;
            }
        }

        var since = Stopwatch.GetTimestamp();
        await using var plain = NpgsqlDataSource.Create(cluster.ConnectionString);
        await MadeLedger.MakeAsync(plain, sizes, now);
        Console.WriteLine(FormattableString.Invariant($"ledger made in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s"));
    }

    private static async Task<PagePlans> LookAsync(HttpClient client, ToldPlans told, HashSet<string> own, string name, string path)
    {
        List<PagePlans> looks = [];
        for (var i = 0; i < Warm + Looks; i++)
        {
            // The queue's pages are shared for two seconds.
            await Task.Delay(name.StartsWith("queue", StringComparison.Ordinal) ? Shared : TimeSpan.Zero, TimeProvider.System);
            told.Take();
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            var ms = answer.Headers.TryGetValues("Server-Timing", out var timing) && timing.First().Split("dur=") is [_, var text] ? double.Parse(text, CultureInfo.InvariantCulture) : double.NaN;
            looks.Add(new(name, path, (int)answer.StatusCode, ms, [.. told.Take().Where(one => !own.Contains(one.Sql))]));
        }

        return looks[Warm..].OrderBy(look => look.Ms).ElementAt(Looks / 2);
    }

    private static async Task KeepAsync(string folder, List<PagePlans> pages)
    {
        Directory.CreateDirectory(folder);
        foreach (var page in pages)
        {
            var file = Path.Combine(folder, string.Concat(page.Name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')) + ".txt");
            await File.WriteAllTextAsync(file, string.Join("\n\n", page.Told.Select(one => FormattableString.Invariant($"{one.Ms:0.000} ms\n{one.Sql}\n{one.Json}"))));
        }
    }
}
