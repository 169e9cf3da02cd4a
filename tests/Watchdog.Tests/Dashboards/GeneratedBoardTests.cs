using Watchdog.Dashboards;
using Watchdog.Dashboards.Boards;

namespace Watchdog.Tests.Dashboards;

public sealed class GeneratedBoardTests
{
    [Fact]
    public void What_is_committed_is_what_the_generator_writes()
    {
        Assert.Equal(AllBoards.List.Select(board => board.FileName).Order(StringComparer.Ordinal), Directory.EnumerateFiles(DashboardFolder.Boards).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(AllBoards.List, board => Assert.True(
            File.ReadAllText(Path.Combine(DashboardFolder.Boards, board.FileName)) == BoardJson.Write(board),
            $"{board.FileName} differs: run 'dotnet run --project dashboards/Generator' in the repository's root."));
    }
}
