using System.Text.RegularExpressions;

namespace Watchdog.Tests.Dashboards;

/// <summary>What Grafana makes of its variables and macros before it asks a data source, with every variable at "All" and the last six hours shown.</summary>
internal static partial class GrafanaText
{
    /// <summary>PromQL as Prometheus gets it.</summary>
    public static string PromQl(string expression) => Whole(expression
        .Replace("$__rate_interval", "2m", StringComparison.Ordinal)
        .Replace("$__interval", "1m", StringComparison.Ordinal)
        .Replace("$__range", "6h", StringComparison.Ordinal));

    /// <summary>SQL as Postgres gets it: the macros as Grafana's Postgres data source spells them out.</summary>
    public static string Sql(string sql, DateTimeOffset to)
    {
        var from = to.AddHours(-6);
        var text = sql.Replace("$__interval", "60s", StringComparison.Ordinal);
        text = TimeGroup().Replace(text, match => $"floor(extract(epoch from {match.Groups["column"].Value})/60)*60");
        text = TimeFilter().Replace(text, match => $"{match.Groups["column"].Value} BETWEEN '{from:O}' AND '{to:O}'");
        return Whole(text
            .Replace("$__timeFrom()", $"'{from:O}'", StringComparison.Ordinal)
            .Replace("$__timeTo()", $"'{to:O}'", StringComparison.Ordinal)
            .Replace("$__unixEpochFrom()", $"{from.ToUnixTimeSeconds()}", StringComparison.Ordinal)
            .Replace("$__unixEpochTo()", $"{to.ToUnixTimeSeconds()}", StringComparison.Ordinal));
    }

    private static string Whole(string text)
    {
        var whole = Variable().Replace(text, match => DashboardFolder.Constants.GetValueOrDefault(match.Groups["name"].Value, ".+"));
        return LeftOver().IsMatch(whole) ? throw new FormatException($"There is a variable or a macro left over in: {whole}") : whole;
    }

    [GeneratedRegex(@"\$__timeGroup\((?<column>.+?), *60s\)")]
    private static partial Regex TimeGroup();

    [GeneratedRegex(@"\$__timeFilter\((?<column>[^()]+)\)")]
    private static partial Regex TimeFilter();

    // A dollar before anything else is a regular expression's end.
    [GeneratedRegex(@"\$[\w{]")]
    private static partial Regex LeftOver();

    // Not Grafana's own, which are spelled out before.
    [GeneratedRegex(@"\$\{(?!__)(?<name>\w+)(:regex)?\}|\$(?!__)(?<name>\w+)")]
    private static partial Regex Variable();
}
