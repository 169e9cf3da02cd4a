namespace Watchdog.Architecture.Tests;

public class FileSizeTests
{
    [Fact]
    public void No_source_file_has_more_than_350_lines()
    {
        var long_ = Lines("src").Where(f => f.Lines > 350).Select(f => $"{f.Path}: {f.Lines}").ToList();
        Assert.True(long_.Count == 0, string.Join(Environment.NewLine, long_));
    }

    [Fact]
    public void Half_of_the_source_files_have_under_60_lines()
    {
        var sizes = Lines("src").Select(f => f.Lines).Order().ToList();
        Assert.InRange(sizes[sizes.Count / 2], 1, 60);
    }

    [Fact]
    public void No_test_file_has_more_than_500_lines()
    {
        var long_ = Lines("tests").Where(f => f.Lines > 500).Select(f => $"{f.Path}: {f.Lines}").ToList();
        Assert.True(long_.Count == 0, string.Join(Environment.NewLine, long_));
    }

    private static IEnumerable<(string Path, int Lines)> Lines(string folder) =>
        Repository.SourceFiles(folder).Select(path => (Repository.Relative(path), File.ReadLines(path).Count()));
}
