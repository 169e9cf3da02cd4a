using System.CommandLine;
using System.Text.Json;
using Watchdog.Aws;
using Watchdog.Detection;
using Watchdog.Detectors.Replaying;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Sweeps.Backtesting;
using Watchdog.Sweeps.Recorded;

namespace Watchdog.Cli;

/// <summary><c>watchdog backtest --rules new.json</c>: what changed thresholds would have raised, against the current ones. Reads only.</summary>
internal static class BacktestCommand
{
    private const int MostVms = 2000;

    public static Command Create()
    {
        var rules = new Option<FileInfo>("--rules") { Description = "Changed thresholds, in the shape of section Detection:Detectors; what it leaves out stays as configured.", HelpName = "FILE", Required = true };
        var recorded = new Option<DirectoryInfo?>("--recorded") { Description = "Over a recorded fleet (see replay).", HelpName = "DIR" };
        var labels = new Option<FileInfo?>("--labels") { Description = "With --recorded: truth as CSV; sets both rules' figures side by side.", HelpName = "FILE" };
        var live = new Option<bool>("--live") { Description = "Over the last 14 days of running VMs, from CloudWatch." };
        var vms = new Option<int>("--vms") { Description = $"With --live: VMs at most, 1 to {MostVms}.", HelpName = "N", DefaultValueFactory = _ => 200 };
        var yes = new Option<bool>("--yes") { Description = "With --live: spend what it costs. Without it only the price is told." };
        var json = GlobalOptions.Json();
        var command = new Command("backtest", "What changed detector rules would raise: alarms added, removed and moved. Reads only.") { rules, recorded, labels, live, vms, yes, json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var builder = CliHost.Create(parse, quiet: LogLevel.Warning);
            var current = DetectorRules.Read(builder.Configuration);
            var file = parse.GetRequiredValue(rules);
            var changed = DetectorRules.Read(await File.ReadAllTextAsync(file.FullName, ct), current, file.Name);
            var result = (parse.GetValue(recorded), parse.GetValue(live)) switch
            {
                ({ } folder, false) => OverRecorded(folder, parse.GetValue(labels), current, changed, ct),
                (null, true) when parse.GetValue(labels) is null => await OverLiveAsync(builder, parse.GetValue(vms), parse.GetValue(yes), current, changed, ct),
                _ => throw new UsageException("Name either --recorded DIR (with --labels FILE or without) or --live."),
            };
            if (result is null)
            {
                return ExitCodes.Usage;
            }

            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(BacktestReport.Of(result), BacktestReport.Shape));
            }
            else
            {
                BacktestPage.Print(result);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static BacktestResult OverRecorded(DirectoryInfo folder, FileInfo? labels, DetectorOptions current, DetectorOptions changed, CancellationToken ct)
    {
        var fleet = RecordedFleet.Open(folder.FullName);
        var truth = labels is null ? null : RecordedLabels.Read(labels.FullName, fleet.Bad);
        var (recordings, before) = FleetReplay.Run(fleet, new ReplayOptions { Detectors = current }, ct);
        var (_, after) = FleetReplay.Run(fleet, new ReplayOptions { Detectors = changed }, ct);
        return new BacktestResult(recordings.Count, recordings.Sum(vm => (double)vm.Periods * vm.PeriodSeconds / 86_400), before.Count, after.Count,
            AlarmDiff.Of(before, after), truth is null ? null : Scoring.Of(recordings, truth, before), truth is null ? null : Scoring.Of(recordings, truth, after));
    }

    private static async Task<BacktestResult?> OverLiveAsync(
        HostApplicationBuilder builder, int most, bool yes, DetectorOptions current, DetectorOptions changed, CancellationToken ct)
    {
        if (most is < 1 or > MostVms)
        {
            throw new UsageException($"--vms takes 1 to {MostVms}.");
        }

        builder.Services.AddWorker(builder.Configuration);
        using var host = builder.Build();
        await using var services = (IAsyncDisposable)host;
        await SchemaGate.PassAsync(host.Services, ct);
        var history = host.Services.GetRequiredService<LiveHistory>();
        var chosen = await history.ChooseAsync(most, ct);
        var price = chosen.Count * LiveHistory.MetricsAVm * CallMeter.UsdPerMetric;
        await Console.Error.WriteLineAsync(FormattableString.Invariant(
            $"{chosen.Count} VMs, 14 days, {LiveHistory.MetricsAVm} metrics each: US$ {price:0.0000} of GetMetricData at us-east-1's list price."));
        if (!yes)
        {
            await Console.Error.WriteLineAsync("Nothing was asked; add --yes to go on.");
            return null;
        }

        List<Alarm> before = [], after = [];
        var days = 0d;
        await foreach (var vm in history.ReadAsync(chosen, host.Services.GetRequiredService<Clocks>().Fleet.GetUtcNow(), ct))
        {
            days += (double)vm.Cpu.Count(float.IsFinite) * vm.PeriodSeconds / 86_400;
            before.AddRange(new VmReplayer(vm, new ReplayOptions { Detectors = current }).Run());
            after.AddRange(new VmReplayer(vm, new ReplayOptions { Detectors = changed }).Run());
        }

        return new BacktestResult(chosen.Count, days, before.Count, after.Count, AlarmDiff.Of(before, after), null, null);
    }
}
