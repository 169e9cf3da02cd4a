using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Watchdog.Enforcement;
using Watchdog.Tests.Telemetry;

namespace Watchdog.Tests.Enforcement.Restraining;

/// <summary>The restraining document is its script, and lets nothing into it but what its patterns allow.</summary>
public partial class RestrainDocumentTests
{
    private const string Indent = "          ";
    private const string Start = "      runCommand:\n        - |\n";

    private static string Document => File.ReadAllText(Path.Combine(Standin.Root, "docs/ssm/Watchdog-Restrain.yaml"));

    [Fact]
    public void The_document_runs_exactly_the_script()
    {
        var text = Document[(Document.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..];
        var lines = text.Split('\n').Select(line => line.Length == 0 ? line : line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : $"not indented: {line}");

        Assert.Equal(File.ReadAllText(Restrained.Script), string.Join('\n', lines));
        Assert.All(Document, c => Assert.InRange(c, '\n', '~'));
    }

    [Fact]
    public void The_default_settings_pin_the_document_as_released()
    {
        var file = Path.Combine(Standin.Root, "docs/ssm/Watchdog-Restrain.yaml");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), new RestrainOptions().DocumentHash);
        Assert.Equal("1", new RestrainOptions().DocumentVersion);
    }

    [Fact]
    public void Each_parameter_is_used_once_and_is_held_to_an_anchored_pattern_that_lets_no_shell_through()
    {
        var head = Document[..Document.IndexOf("mainSteps:", StringComparison.Ordinal)];
        var patterns = Parameter().Matches(head).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var used = Placeholder().Matches(Document).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(used.Order(StringComparer.Ordinal), patterns.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(6, used.Count);
        Assert.All(patterns.Values, pattern => Assert.True(pattern.StartsWith('^') && pattern.EndsWith('$'), pattern));
        foreach (var nasty in (string[])["", " ", "'", "1'; reboot '", "$(reboot)", "1\n2", "-1", "0", "01", "{{ pid }}", "cap|end", "1;2", "capx", "100000000000000000000"])
        {
            Assert.All(patterns.Values, pattern => Assert.DoesNotMatch(pattern, nasty));
        }

        Assert.Matches(patterns["cpuPercent"], "99");
        Assert.DoesNotMatch(patterns["cpuPercent"], "100");
        Assert.Matches(patterns["operation"], Restrained.Operation);
        Assert.Matches(patterns["pid"], "4194304");
    }

    [GeneratedRegex("^  (\\w+):\n    type: \"String\"\n    description: \"[^\"]+\"\n    allowedPattern: \"([^\"]+)\"$", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{\{ (\w+) \}\}")]
    private static partial Regex Placeholder();
}
