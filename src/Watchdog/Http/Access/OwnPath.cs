using System.Globalization;

namespace Watchdog.Http.Access;

/// <summary>Paths that a browser may be sent to: of this site alone.</summary>
public static class OwnPath
{
    /// <summary>Where those go who came from nowhere.</summary>
    public const string Home = "/cases";

    /// <summary>The path and query, where they are of this site; else <see cref="Home"/>.</summary>
    public static string Of(string? path) => path is { Length: > 0 and < 2000 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal) && path.All(c => c is > ' ' and < '\x7f') ? path : Home;

    /// <summary>The path without some names of its query.</summary>
    public static string Without(string path, IReadOnlyList<string> names)
    {
        if (path.Split('?', 2) is not [var before, var query])
        {
            return path;
        }

        var kept = string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !names.Contains(pair.Split('=', 2)[0])));
        return kept.Length == 0 ? before : $"{before}?{kept}";
    }

    /// <summary>The path with one number in its query, in the place of an older one.</summary>
    public static string With(string path, string name, long value)
    {
        var (before, query) = path.Split('?', 2) is [var first, var second] ? (first, second) : (path, "");
        var kept = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith($"{name}=", StringComparison.Ordinal));
        return $"{before}?{string.Join('&', kept.Append(string.Create(CultureInfo.InvariantCulture, $"{name}={value}")))}";
    }
}
