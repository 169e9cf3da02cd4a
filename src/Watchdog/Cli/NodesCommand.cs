using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Watchdog.Cli.Cases;
using Watchdog.Storage.Nodes;

namespace Watchdog.Cli;

/// <summary><c>watchdog nodes</c>: the workers of this database.</summary>
internal static class NodesCommand
{
    public static Command Create()
    {
        var json = GlobalOptions.Json();
        var command = new Command("nodes", "List the workers of this database: which are alive, what each holds, and how far its clock is off.") { json };
        command.SetAction((parse, ct) => LedgerHost.RunAsync(parse, async services =>
        {
            var nodes = await services.GetRequiredService<NodeBook>().ReadAsync(ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json))
            {
                await output.WriteLineAsync(CliJson.Write(nodes.Select(NodeJson.Of)));
            }
            else
            {
                Print(Screen.On(output), nodes);
            }

            return ExitCodes.Ok;
        }, ct));
        return command;
    }

    private static void Print(IAnsiConsole screen, IReadOnlyList<(NodeLine Node, NodeState State, string Reason)> nodes)
    {
        var table = new Table().AddColumns("worker", "state", "why", "since", "version", "schema", "shards", "leases", "jobs", "tokens leased", "clock");
        foreach (var (node, state, reason) in nodes)
        {
            table.AddRow([.. new[]
            {
                node.Name, state.ToString().ToLowerInvariant(), reason, node.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                node.Program, $"{node.Schema}", $"{node.Shards}", $"{node.Leases}", $"{node.Jobs}", $"{node.Leased:N0}", $"{node.Skew.TotalSeconds:+0.000;-0.000} s",
            }.Select(cell => new Text(cell))]);
        }

        screen.Write(table);
    }
}

/// <summary>A worker in JSON.</summary>
internal sealed record NodeJson(
    string Name, string State, string Reason, string Host, int Process, DateTimeOffset StartedAt, string Version, int Schema, DateTimeOffset SeenAt,
    double ClockSkewSeconds, long Shards, long Leases, int Jobs, long TokensLeased)
{
    public static NodeJson Of((NodeLine Node, NodeState State, string Reason) line) => new(
        line.Node.Name, line.State.ToString().ToLowerInvariant(), line.Reason, line.Node.Host, line.Node.Process, line.Node.StartedAt, line.Node.Program,
        line.Node.Schema, line.Node.SeenAt, Math.Round(line.Node.Skew.TotalSeconds, 3), line.Node.Shards, line.Node.Leases, line.Node.Jobs, line.Node.Leased);
}
