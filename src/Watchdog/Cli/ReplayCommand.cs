using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Watchdog.Detection;
using Watchdog.Detectors.Replaying;
using Watchdog.Sweeps.Recorded;

namespace Watchdog.Cli;

/// <summary><c>watchdog replay DIR --out alarms.csv</c>: recorded metrics through the worker's detectors, without look-ahead.</summary>
internal static class ReplayCommand
{
    private const int ShownBadLines = 20;

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "Folder with vms.csv and vms/<instance_id>.csv[.gz]." };
        var alarmsFile = new Option<FileInfo>("--out") { Description = "Alarms as CSV: instance_id,class,opened_at,closed_at,score,reason.", HelpName = "FILE", Required = true };
        var labels = new Option<FileInfo?>("--labels") { Description = "Truth as CSV (instance_id,label,start,end,notes): prints precision, recall, false alarms and latency.", HelpName = "FILE" };
        var asWorker = new Option<bool>("--as-worker") { Description = "With the worker's cadences and a publication delay of five minutes; otherwise each VM is screened each period." };
        var json = GlobalOptions.Json();
        var command = new Command("replay", "Run recorded metrics through the detectors and episodes that the worker uses.") { folder, alarmsFile, labels, asWorker, json };
        command.SetAction((parse, ct) => CommandEdge.RunAsync(async () =>
        {
            var fleet = RecordedFleet.Open(parse.GetRequiredValue(folder).FullName);
            var truth = parse.GetValue(labels) is { } file ? RecordedLabels.Read(file.FullName, fleet.Bad) : null;
            var (recordings, alarms) = FleetReplay.Run(fleet, new ReplayOptions { Detectors = DetectorRules.Read(CliHost.Create(parse).Configuration), AsWorker = parse.GetValue(asWorker) }, ct);

            var target = parse.GetRequiredValue(alarmsFile);
            await using (var writer = target.CreateText())
            {
                AlarmsFile.Write(writer, alarms);
            }

            foreach (var message in fleet.Bad.Messages)
            {
                await Console.Error.WriteLineAsync(message);
            }

            if (fleet.Bad.Count > ShownBadLines)
            {
                await Console.Error.WriteLineAsync($"… and {fleet.Bad.Count - ShownBadLines} more lines were left out.");
            }

            var score = truth is null ? null : Scoring.Of(recordings, truth, alarms);
            if (parse.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(ReplayReport.Of(recordings.Count, alarms.Count, fleet.Bad.Count, score), ReplayReport.Shape));
            }
            else
            {
                AnsiConsole.WriteLine($"{recordings.Count} VMs replayed, {alarms.Count} alarms written to {target.Name}, {fleet.Bad.Count} lines left out.");
                if (score is not null)
                {
                    ReplayTables.Print(score);
                }
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }
}
