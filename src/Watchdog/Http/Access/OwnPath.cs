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

    /// <summary>The path with one number in its query, in the place of an older one.</summary>
    public static string With(string path, string name, long value)
    {
        var (before, query) = path.Split('?', 2) is [var first, var second] ? (first, second) : (path, "");
        var kept = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith($"{name}=", StringComparison.Ordinal));
        return $"{before}?{string.Join('&', kept.Append(string.Create(CultureInfo.InvariantCulture, $"{name}={value}")))}";
    }
}
