using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Slo.Books;
using Watchdog.Cli.Demo;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;

namespace Watchdog.Bench.Slo;

/// <summary><c>slo</c>: makes a fleet's uptime books in a private cluster of its own, measures them, and writes the table.</summary>
internal static class SloCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 150_000, Description = "VMs." };
        var days = new Option<int>("--days") { DefaultValueFactory = _ => 30, Description = "Days of books, 1 to 30." };
        days.Validators.Add(said =>
        {
            if (said.GetValue(days) is < 1 or > 30)
            {
                said.AddError("--days takes 1 to 30: the books are of one month that is not over.");
            }
        });
        var keep = new Option<DirectoryInfo?>("--data") { Description = "Data folder that is kept, and used as it is when it holds books; else a fresh one." };
        var output = new Option<FileInfo?>("--out") { Description = "File of the table." };
        var command = new RootCommand("The benchmark of the uptime books.") { vms, days, keep, output };
        command.SetAction(async (parse, ct) =>
        {
            using var scratch = new ScratchFolder();
            var folder = parse.GetValue(keep)?.FullName ?? scratch.Path;
            var run = await RunAsync(folder, new(parse.GetValue(vms)), parse.GetValue(days), ct);
            var table = SloTable.Write(run);
            Console.WriteLine(table);
            if (parse.GetValue(output) is { } file)
            {
                file.Directory!.Create();
                await File.WriteAllTextAsync(file.FullName, table, ct);
            }

            return run.Figures.All(figure => figure.Met) && run.Sizes.Met ? 0 : 1;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<SloRun> RunAsync(string folder, MadeFleet fleet, int days, CancellationToken ct)
    {
        var seconds = await MakeAsync(folder, fleet, days, ct);
        var load = ProcessCost.Load();
        await using var stopped = new ColdCluster(folder);
        var sizes = await BookSizes.ReadAsync(await stopped.OpenAsync(ct), ct);
        List<Figure> figures = [];
        foreach (var question in Questions.All(fleet, days))
        {
            figures.Add(await question.AskAsync(stopped, ct));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures[^1].What}: cold {figures[^1].Cold:F1} ms, warm {figures[^1].Warm:F1} ms, CPU {figures[^1].Cpu:F1} ms"));
        }

        figures.AddRange(await Writes.MeasureAsync(stopped, MadeBooks.Start + (days * 1_440), ct));
        return new(fleet.Vms, days, seconds, sizes, figures, Machine.Here(), load, ProcessCost.Load());
    }

    // How long it took; null where the folder held books.
    private static async Task<double?> MakeAsync(string folder, MadeFleet fleet, int days, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        await using var cluster = await PrivateCluster.OpenAsync(folder, new(Relaxed: true), TimeProvider.System, NullLogger.Instance, ct);
        await using var database = DataSources.Create(cluster.ConnectionString, new() { CommandTimeoutSeconds = 600 }, null);
        if ((await new Migrator(database, Migration.Embedded, TimeProvider.System, NullLogger<Migrator>.Instance).MigrateAsync(ct)).Count == 0)
        {
            return null;
        }

        await new MadeBooks(database, fleet, days).MakeAsync(day => Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"day {day + 1} of {days}, {Stopwatch.GetElapsedTime(since).TotalSeconds:F0} s")), ct);
        // What autovacuum comes to in its own time: without it the planner guesses.
        await using var settle = database.CreateCommand("vacuum (analyze) slo_vm, slo_group, slo_key, slo_interval, slo_five_minutes, slo_daily");
        settle.CommandTimeout = 0;
        await settle.ExecuteNonQueryAsync(ct);
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}

/// <summary>One run of the benchmark.</summary>
internal sealed record SloRun(
    int Vms, int Days, double? MadeSeconds, BookSizes Sizes, IReadOnlyList<Figure> Figures, Machine Machine, string LoadBefore, string LoadAfter);
