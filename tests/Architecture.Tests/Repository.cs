namespace Watchdog.Architecture.Tests;

/// <summary>The checkout under test, found by walking up to the solution.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Sources in C#, pages among them.</summary>
    public static IEnumerable<string> SourceFiles(string folder) => SourceFiles(folder, "*.cs").Concat(SourceFiles(folder, "*.razor"));

    public static IEnumerable<string> SourceFiles(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Watchdog.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Watchdog.sln was not found above the test's folder.");
    }
}
