using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Watchdog.Bench.Fleet;
using Watchdog.Bench.Week.Play;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Bench.Week;

/// <summary><c>week</c>: a week of a simulated fleet whose people come and go, with idle stops enforced, held against an oracle.</summary>
internal static class WeekCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var vms = new Option<int>("--vms") { DefaultValueFactory = _ => 10_000, Description = "VMs in the Region." };
        var hours = new Option<int>("--hours") { DefaultValueFactory = _ => 168, Description = "Hours of fleet time, 12 to 168." };
        var from = new Option<int>("--from") { Description = $"Begins so many hours after {WeekPlan.Epoch:yyyy-MM-dd HH:mm}Z, the Saturday evening before Europe changes its clocks." };
        var seed = new Option<ulong>("--seed") { DefaultValueFactory = _ => 1, Description = "Another seed, another fleet." };
        var minutes = new Option<int>("--minutes") { DefaultValueFactory = _ => 120, Description = "Ends the play after so many minutes of wall time; the table says how far it came." };
        var kills = new Option<int>("--kills") { Description = "Plays the whole week once more, and ends the worker's process (SIGKILL) at so many random instants; the table says what differs." };
        var output = new Option<FileInfo?>("--out") { Description = "File of the table." };
        var command = new RootCommand("A simulated week.") { vms, hours, from, seed, minutes, kills, output };
        command.SetAction(async (parse, ct) =>
        {
            await using var cluster = await WeekCluster.StartAsync(ct);
            var request = new WeekRequest(
                parse.GetValue(vms), parse.GetValue(seed), TimeSpan.FromHours(Math.Clamp(parse.GetValue(hours), 12, 168)), cluster.ConnectionString)
            {
                Begin = WeekPlan.Epoch.AddHours(parse.GetValue(from)),
            };
            var table = await MeasureAsync(request, TimeSpan.FromMinutes(parse.GetValue(minutes)), parse.GetValue(kills), ct);
            Console.WriteLine(table);
            if (parse.GetValue(output) is { } file)
            {
                file.Directory!.Create();
                await File.WriteAllTextAsync(file.FullName, table, ct);
            }

            return 0;
        });
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<string> MeasureAsync(WeekRequest request, TimeSpan patience, int kills, CancellationToken ct)
    {
        var (before, began, cpu) = (Load(), TimeProvider.System.GetTimestamp(), CpuSeconds());
        await using var play = new WeekPlay(request);
        var played = await play.RunAsync(patience, ct, step => Told(step, began));
        var (wall, spent) = (TimeProvider.System.GetElapsedTime(began), CpuSeconds() - cpu);
        var figures = WeekFigures.Of(play, request, played);
        var acts = await WeekActs.ReadAsync(play.Database, play.Fleet, request.At(played), ct);
        var times = await WeekTimes.ReadAsync(play, request, played, ct);
        var table = WeekTable.Write(new(request, played, play, figures, acts, times, wall, spent, Machine.Here().Line(before, Load())));
        return kills > 0 && played == play.Steps ? table + await WeekRepeat.PlayAsync(request, kills, acts, play.Wrong.Count, Told, ct) : table;

        void Told(int step, long since)
        {
            if (step % 72 == 0)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.At(step):MM-dd HH:mm}Z, {TimeProvider.System.GetElapsedTime(since).TotalMinutes:F1} min"));
            }
        }
    }

    private static double CpuSeconds() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
}
