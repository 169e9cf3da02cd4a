using System.Globalization;
using Watchdog.Reports.Api;

namespace Watchdog.Cli.Cases;

/// <summary>Which cases a bulk is of: <c>class=miner,age=4</c>, by the names that the queue's address has; with <c>rule=…,since=…</c> those that these rules opened or acted on.</summary>
internal static class BulkWhere
{
    /// <summary>Every name there is.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["show", "class", "state", "owner", "scope", "age", "detector", "ruling", "assignee", "q", "vm", "rule", "since", "before"];

    private static readonly string Form = $"NAME=VALUE with commas between, of {string.Join(", ", Keys)}";

    /// <summary>Reads it.</summary>
    /// <exception cref="UsageException">It is not in this form; the message says what is wrong and what is right.</exception>
    public static CasesWhere Read(string text, DateTimeOffset now)
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

        if (said.Count == 0)
        {
            throw new UsageException($"--where names nothing: {Form}.");
        }

        var rule = said.GetValueOrDefault("rule");
        var since = SinceWhen.Read(said.GetValueOrDefault("since"), now, "--where since");
        if (rule is not null && since is null)
        {
            throw new UsageException("--where needs since=… beside rule=…: since when these rules acted. `watchdog cases show ID` tells a case's rule version.");
        }

        var where = new CasesWhere(
            said.GetValueOrDefault("show"), said.GetValueOrDefault("class"), said.GetValueOrDefault("state"), said.GetValueOrDefault("owner"), (short?)Number("scope", short.MaxValue),
            Number("age", int.MaxValue), said.GetValueOrDefault("detector"), said.GetValueOrDefault("ruling"), said.GetValueOrDefault("assignee"), said.GetValueOrDefault("q"),
            said.GetValueOrDefault("vm"), rule, rule is null ? null : since, rule is null ? since : null, SinceWhen.Read(said.GetValueOrDefault("before"), now, "--where before"));
        return where.Fault is var (name, what) ? throw new UsageException($"--where {name} does not know '{said[name]}': {what}") : where;

        int? Number(string key, int most) => !said.TryGetValue(key, out var text) ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : throw new UsageException($"--where {key} takes a number, not '{text}'.");
    }
}
