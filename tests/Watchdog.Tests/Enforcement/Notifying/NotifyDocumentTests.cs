using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Watchdog.Enforcement;
using Watchdog.Tests.Telemetry;

namespace Watchdog.Tests.Enforcement.Notifying;

/// <summary>The notifying document is its script, and lets nothing into it but a code, a bounded number and an id.</summary>
public partial class NotifyDocumentTests
{
    private const string Indent = "          ";
    private const string Start = "      runCommand:\n        - |\n";

    private static string Document => File.ReadAllText(Path.Combine(Standin.Root, "docs/ssm/Watchdog-Notify.yaml"));

    [Fact]
    public void The_document_runs_exactly_the_script()
    {
        var text = Document[(Document.IndexOf(Start, StringComparison.Ordinal) + Start.Length)..];
        var lines = text.Split('\n').Select(line => line.Length == 0 ? line : line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : $"not indented: {line}");

        Assert.Equal(File.ReadAllText(NotifyScript.Path), string.Join('\n', lines));
        Assert.All(Document, c => Assert.InRange(c, '\n', '~'));
    }

    [Fact]
    public void The_default_settings_pin_the_document_as_released()
    {
        var file = Path.Combine(Standin.Root, "docs/ssm/Watchdog-Notify.yaml");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), new NotifyOptions().DocumentHash);
        Assert.Equal("1", new NotifyOptions().DocumentVersion);
    }

    [Fact]
    public void Each_parameter_is_used_once_and_is_held_to_an_anchored_pattern_that_lets_no_text_through()
    {
        var patterns = Parameter().Matches(Document[..Document.IndexOf("mainSteps:", StringComparison.Ordinal)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var used = Placeholder().Matches(Document).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(["code", "minutes", "operation"], used.Order(StringComparer.Ordinal));
        Assert.Equal(used.Order(StringComparer.Ordinal), patterns.Keys.Order(StringComparer.Ordinal));
        Assert.All(patterns.Values, pattern => Assert.True(pattern.StartsWith('^') && pattern.EndsWith('$'), pattern));
        foreach (var nasty in (string[])["", " ", "'", "idle'; reboot '", "$(reboot)", "idle\nreboot", "-1", "01", "{{ code }}", "idle|schedule", "Your VM is hacked", "1441", "9999"])
        {
            Assert.All(patterns.Values, pattern => Assert.DoesNotMatch(pattern, nasty));
        }

        Assert.All(Enumerable.Range(0, 1441), minutes => Assert.Matches(patterns["minutes"], minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex("^  (\\w+):\n    type: \"String\"\n    description: \"[^\"]+\"\n    allowedPattern: \"([^\"]+)\"$", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{\{ (\w+) \}\}")]
    private static partial Regex Placeholder();
}
