namespace Watchdog.Dashboards.Boards;

/// <summary>Every board there is.</summary>
internal static class AllBoards
{
    public static IReadOnlyList<Board> List { get; } = [FleetBoard.Create(), AbuseBoard.Create(), IdleBoard.Create(), SloBoard.Create(), WorkerBoard.Create()];
}
