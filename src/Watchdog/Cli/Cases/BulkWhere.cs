using Watchdog.Detectors.Findings;
using Watchdog.Ledger;

namespace Watchdog.Cli.Cases;

/// <summary>Which cases a bulk release is of: <c>rule=…,since=…[,class=…,owner=…,detector=…]</c>.</summary>
/// <param name="Rule">How the rule version begins that opened or acted on them.</param>
/// <param name="Since">Since when.</param>
/// <param name="Class">The case's class.</param>
/// <param name="Detector">The class of a detector that found something on it.</param>
internal sealed record BulkWhere(string Rule, DateTimeOffset Since, string? Class, string? Owner, string? Detector)
{
    /// <summary>The open cases that it names.</summary>
    public CaseFilter Filter => new(Open: true, Class: Detector, Owner: Owner) { Headline = Class, Rule = Rule, RuleSince = Since };

    private const string Form = "rule=VERSION,since=WHEN[,class=CLASS,owner=OWNER,detector=CLASS]";
    private static readonly string[] Keys = ["rule", "since", "class", "owner", "detector"];
    private static readonly string[] Classes = [.. Enum.GetValues<FindingClass>().Select(Finding.NameOf)];

    /// <summary>Reads it.</summary>
    /// <exception cref="UsageException">It is not in this form; the message says what is wrong and what is right.</exception>
    public static BulkWhere Read(string text, DateTimeOffset now)
    {
        Dictionary<string, string> said = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = part.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (part[..at].Trim(), part[(at + 1)..].Trim()) : (part, "");
            if (!Keys.Contains(key))
            {
                throw new UsageException($"--where knows no '{key}': {Form}.");
            }

            if (value.Length == 0 || !said.TryAdd(key, value))
            {
                throw new UsageException($"--where needs one value for {key}: {Form}.");
            }
        }

        foreach (var needed in Keys.Take(2).Where(key => !said.ContainsKey(key)))
        {
            throw new UsageException($"--where needs {needed}=…: {Form}. `watchdog cases show ID` tells a case's rule version.");
        }

        return new(
            said["rule"], SinceWhen.Read(said["since"], now, "--where since")!.Value, ClassOf("class"), said.GetValueOrDefault("owner"), ClassOf("detector"));

        string? ClassOf(string key) => said.GetValueOrDefault(key) is not { } name || Classes.Contains(name) ? said.GetValueOrDefault(key)
            : throw new UsageException($"--where {key} does not know '{name}': one of {string.Join(", ", Classes)}.");
    }
}
