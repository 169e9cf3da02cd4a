using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Watchdog.Cli;
using Watchdog.Cli.Demo;
using Watchdog.Diagnostics;
using Watchdog.Http;
using Watchdog.Http.Keys;
using Watchdog.Ledger;
using Watchdog.Owners;
using Watchdog.Policy;
using Watchdog.Storage;

namespace Watchdog.Bench.Admission;

/// <summary>
/// <c>scripts/bench admission</c>: the listener on a loopback port over a private Postgres with blocked owners, asked at a fixed rate whatever it
/// answers. A latency runs from the instant at which the request was due, so that a stall counts for all that it held up.
/// </summary>
internal static class AdmissionCommand
{
    private const int Blocked = 1_000;
    private const int Clients = 32;

    public static async Task<int> RunAsync(string[] args)
    {
        var (rate, seconds, path) = (Number("--rate", 1_000), Number("--seconds", 20), Text("--out"));
        using var folder = new ScratchFolder();
        var builder = CliHost.Create(Cli.CommandLine.Create().Parse(["migrate", "--data", folder.Path]), [new("Http:Listen", "127.0.0.1:0")], LogLevel.Warning);
        builder.Services.AddDiagnostics(builder.Configuration).AddStorage(builder.Configuration).AddLedger().AddPolicy().AddHttp().AddOwners();
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, CancellationToken.None);
        var now = host.Services.GetRequiredService<Clocks>().Fleet.GetUtcNow();
        await BlockAsync(host.Services.GetRequiredService<NpgsqlDataSource>(), now);
        var key = (await host.Services.GetRequiredService<KeyBook>().AddAsync("bench", [KeyScopes.AdmissionRead], "bench", now, now.AddHours(1), CancellationToken.None)).Text;
        await host.StartAsync();
        using var asking = new Asking(host.Services.GetRequiredService<HttpListening>().Address!, key, Blocked);
        await asking.RunAsync(rate, 3, Clients);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var bytes = GC.GetTotalAllocatedBytes();
        var figures = await asking.RunAsync(rate, seconds, Clients);
        var table = AdmissionTable.Of(
            figures, rate, seconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, (GC.GetTotalAllocatedBytes() - bytes) / (double)figures.Micros.Length);
        Console.WriteLine(table);
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, table);
        }

        await host.StopAsync();
        return figures.Wrong == 0 && figures.Quantile(0.99) < 5_000 ? 0 : 1;

        string? Text(string name) => Array.IndexOf(args, name) is var at && at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    private static async Task BlockAsync(NpgsqlDataSource database, DateTimeOffset now)
    {
        await using var command = database.CreateCommand(
            """
            with s as (insert into scope (key, region) values ('1/bench', 'bench') returning id),
            c as (
              insert into case_file (instance_id, scope, owner, class, opened_at, state, score, reason, rule_version)
              select 'i-' || n, s.id, 'owner-' || n, 'miner', $1, 'contained', 0.9, 'r', 'v' from generate_series(0, $2 - 1) n, s returning id, instance_id, scope)
            insert into act (case_id, instance_id, scope, kind, state, severity, needs_person, reason, actor, rule_version, proposed_at, done_at)
            select id, instance_id, scope, 'block', 'verified', 0, false, 'r', 'watchdog', 'v', $1, $1 from c
            """);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = Blocked });
        await command.ExecuteNonQueryAsync();
    }
}
