using Watchdog.Dashboards;
using Watchdog.Dashboards.Boards;

// Writes every board as JSON into the folder given, by default the one that Grafana is provisioned from. Run from the repository's root.
var folder = args is [var given] ? given : "dashboards/grafana/dashboards/Watchdog";
foreach (var board in AllBoards.List)
{
    await File.WriteAllTextAsync(Path.Combine(folder, board.FileName), BoardJson.Write(board));
}
