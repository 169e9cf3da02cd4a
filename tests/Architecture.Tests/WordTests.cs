using System.Text.RegularExpressions;

namespace Watchdog.Architecture.Tests;

/// <summary>House rules that a compiler does not know.</summary>
public partial class WordTests
{
    [Fact]
    public void No_name_says_only_that_it_helps()
    {
        var wrong = Repository.SourceFiles("src")
            .Where(path => VagueName().IsMatch(Repository.Relative(path))).Select(Repository.Relative).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Nothing_in_the_worker_can_terminate_a_vm()
    {
        var wrong = Repository.SourceFiles("src/Watchdog").Concat(Repository.SourceFiles("src/AwsClients"))
            .Where(path => File.ReadAllText(path).Contains("TerminateInstances", StringComparison.Ordinal))
            .Select(Repository.Relative).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Sql_receives_instants_and_never_asks_the_server_for_the_time()
    {
        var wrong = Repository.SourceFiles("src/Watchdog").Concat(Repository.SourceFiles("src/Watchdog", "*.sql"))
            // The doctor compares the server's clock with ours, and workers agree on rates by it: there the server's time is the question.
            .Where(path => !Repository.Relative(path).StartsWith("src/Watchdog/Cli/Doctor/", StringComparison.Ordinal)
                && Repository.Relative(path) != "src/Watchdog/Storage/DatabaseClock.cs")
            .SelectMany(path => File.ReadLines(path).Where(line => ServerTime().IsMatch(line)).Select(line => $"{Repository.Relative(path)}: {line.Trim()}"))
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var wrong = Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
            .Where(path => !path.EndsWith("WordTests.cs", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(path).Where(line => Unfinished().IsMatch(line)).Select(line => $"{Repository.Relative(path)}: {line.Trim()}"))
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void No_page_has_code_glued_to_a_word_which_would_be_shown_as_text()
    {
        var wrong = Repository.SourceFiles("src", "*.razor")
            .SelectMany(path => File.ReadLines(path).Where(line => Glued().IsMatch(line)).Select(line => $"{Repository.Relative(path)}: {line.Trim()}")).ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    // Razor takes word@if for an address of e-mail; after @name it does not.
    [GeneratedRegex(@"(?<![@\w.])\w+@(if|for|foreach|switch|while)\b")]
    private static partial Regex Glued();

    [GeneratedRegex(@"(Utils?|Helpers?|Managers?|Services|Misc|Common)(\.cs|/)")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"(?i)\b(now\(\)|(statement|transaction|clock)_timestamp\(\)|current_(timestamp|date|time)\b|localtimestamp)")]
    private static partial Regex ServerTime();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|Skip\s*=\s*""")]
    private static partial Regex Unfinished();
}
