using System.Text.RegularExpressions;

namespace Watchdog.Architecture.Tests;

/// <summary>DESIGN section 2: arrows run one way. Read from the sources' using lines and full names, which is what a reader sees.</summary>
public partial class ArrowTests
{
    // The flow from left to right; a room may use the rooms to its left.
    private static readonly string[] Flow = ["Inventory", "Telemetry", "Detection", "Policy", "IdleShutdown", "Enforcement"];
    private static readonly string[] Ground = ["Ledger", "Storage", "Diagnostics"];
    // The worker's side to the network: only those who talk to people and programs outside use it.
    private static readonly string[] Edge = ["Http", "Webhooks"];
    // Beside the flow: they read all of it, and no room knows them.
    private static readonly string[] Beside = ["Intake", "Slo", "Alerts", "Reports", "Owners"];
    private static readonly string[] Top = ["Sweeps", "Scheduling", "Cli"];

    public static TheoryData<string> Rooms => [.. Flow, .. Ground, .. Edge, "Aws", .. Beside, .. Top];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_what_lies_left_of_it_or_below(string room)
    {
        var allowed = AllowedFor(room);
        var wrong = new List<string>();
        foreach (var path in Repository.SourceFiles(Path.Combine("src", "Watchdog", room)))
        {
            foreach (Match match in RoomName().Matches(File.ReadAllText(path)))
            {
                var used = match.Groups[1].Value;
                if (used != room && !allowed.Contains(used))
                {
                    wrong.Add($"{Repository.Relative(path)} uses {used}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Distinct()));
    }

    [Fact]
    public void Every_folder_of_the_worker_is_a_room_that_this_test_knows()
    {
        var known = Flow.Concat(Ground).Concat(Edge).Concat(Top).Append("Aws").Concat(Beside).Order();
        var found = Repository.SourceFiles("src/Watchdog").Select(path => Repository.Relative(path).Split('/'))
            .Where(parts => parts.Length > 3).Select(parts => parts[2]).Distinct().Order();
        Assert.Equal(known, found);
    }

    [Theory]
    [InlineData("Amazon.", "Aws")]
    [InlineData("Quartz", "Scheduling")]
    public void Types_of_the_library_stay_in_their_room(string library, string room)
    {
        var wrong = Repository.SourceFiles("src/Watchdog")
            .Where(path => !Repository.Relative(path).StartsWith($"src/Watchdog/{room}/", StringComparison.Ordinal))
            .Where(path => File.ReadLines(path).Any(line => line.StartsWith($"using {library}", StringComparison.Ordinal)
                || FullName(library).IsMatch(line)))
            .Select(Repository.Relative).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [InlineData("src/Detectors", "Watchdog.Detectors")]
    [InlineData("src/AwsClients", "Amazon")]
    [InlineData("src/FleetSim", "Watchdog.FleetSim")]
    public void A_library_names_nothing_of_the_worker_and_nothing_of_its_neighbours(string folder, string root)
    {
        var wrong = Repository.SourceFiles(folder).SelectMany(path => File.ReadLines(path)
            .Where(line => (line.StartsWith("using Watchdog", StringComparison.Ordinal) || line.StartsWith("using Amazon", StringComparison.Ordinal))
                && !line.StartsWith($"using {root}", StringComparison.Ordinal) && !line.StartsWith("using static", StringComparison.Ordinal))
            .Select(line => $"{Repository.Relative(path)}: {line}")).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static Regex FullName(string library) => library == "Amazon."
        ? new(@"(?<![\w.""/])Amazon\.(Runtime|EC2|CloudWatch|SimpleSystemsManagement|SecurityToken)\.")
        : new($@"(?<![\w.""/]){library}\.[A-Z]");

    private static HashSet<string> AllowedFor(string room)
    {
        var everything = Flow.Concat(Ground).Append("Aws").ToHashSet();
        return room switch
        {
            "Cli" => [.. everything, .. Edge, .. Beside, "Sweeps", "Scheduling"],
            "Sweeps" or "Scheduling" => [.. everything, "Sweeps", "Slo"],
            "Slo" => [.. Flow, .. Ground],
            "Reports" => [.. Flow, .. Ground, .. Edge, "Slo", "Alerts"],
            "Alerts" or "Owners" or "Intake" => [.. Flow, .. Ground, .. Edge, "Slo"],
            // The ports' implementations: they see the rooms that declare ports, and the ground.
            "Aws" => ["Inventory", "Telemetry", "Enforcement", "Diagnostics", "Storage"],
            "Ledger" => ["Storage", "Diagnostics"],
            "Http" or "Webhooks" => ["Ledger", "Storage", "Diagnostics"],
            "Storage" => ["Diagnostics"],
            "Diagnostics" => [],
            _ => [.. Flow.TakeWhile(left => left != room), .. Ground],
        };
    }

    // Its full name, or the short one that a neighbour may write, since both lie in namespace Watchdog.
    [GeneratedRegex(@"(?:\bWatchdog\.|(?<![\w.""/:])(?=\w+\.[A-Z]))(Inventory|Telemetry|Detection|Policy|IdleShutdown|Enforcement|Ledger|Storage|Diagnostics|Aws|Http|Intake|Webhooks|Owners|Reports|Alerts|Slo|Sweeps|Scheduling|Cli)\b(?!\.csproj)")]
    private static partial Regex RoomName();
}
