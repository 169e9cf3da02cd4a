using System.Security.Cryptography;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

/// <summary>The document that operators install is the script, and the calls pin it.</summary>
public class SsmDocumentTests
{
    private const string Indent = "          ";

    private static string Document => File.ReadAllText(Path.Combine(Standin.Root, "docs/ssm/Watchdog-FleetInspect.yaml"));

    [Fact]
    public void The_document_runs_exactly_the_script()
    {
        const string start = "      runCommand:\n        - |\n";
        var text = Document[(Document.IndexOf(start, StringComparison.Ordinal) + start.Length)..];
        var lines = text.Split('\n').Select(line => line.Length == 0 ? line : line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : $"not indented: {line}");

        Assert.Equal(File.ReadAllText(Standin.Script), string.Join('\n', lines));
    }

    [Fact]
    public void The_default_settings_pin_the_document_as_released()
    {
        var file = Path.Combine(Standin.Root, "docs/ssm/Watchdog-FleetInspect.yaml");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), new TelemetryOptions().InspectDocumentHash);
        Assert.Equal("1", new TelemetryOptions().InspectDocumentVersion);
    }

    [Fact]
    public void The_document_takes_no_parameter_and_says_for_what_it_is()
    {
        Assert.DoesNotContain("parameters:", Document, StringComparison.Ordinal);
        // What Systems Manager would replace.
        Assert.DoesNotContain("{{", Document, StringComparison.Ordinal);
        Assert.StartsWith("---\nschemaVersion: \"2.2\"\n", Document, StringComparison.Ordinal);
        Assert.Contains("action: \"aws:runShellScript\"", Document, StringComparison.Ordinal);
        Assert.All(Document, c => Assert.InRange(c, '\n', '~'));
    }

    [Fact]
    public void The_script_writes_nothing_and_asks_no_network()
    {
        var script = File.ReadAllLines(Standin.Script).Where(line => !line.TrimStart().StartsWith('#')).ToList();

        Assert.DoesNotContain(script, line => line.Contains(">>", StringComparison.Ordinal));
        foreach (var word in (string[])["rm ", "mv ", "cp ", "kill", "curl", "wget", "tee ", "chmod", "mktemp", "eval"])
        {
            Assert.DoesNotContain(script, line => line.Contains(word, StringComparison.Ordinal) && !line.Contains("Killed", StringComparison.Ordinal));
        }
    }
}
