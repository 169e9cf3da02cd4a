using System.Globalization;

namespace Watchdog.ClusterTests;

/// <summary>What the Region's token buckets were asked for, read from its own record.</summary>
internal sealed class TokenBook
{
    private readonly List<Line> lines;

    private TokenBook(List<Line> lines) => this.lines = lines;

    /// <summary>Names of the buckets that were asked.</summary>
    public IEnumerable<string> Buckets => lines.Select(line => line.Bucket).Distinct().Order(StringComparer.Ordinal);

    public int Refused => lines.Count(line => line.Refused);

    /// <summary>Reads the Region's CSV: at, bucket, tokens, size, per_second, access_key, refused.</summary>
    public static TokenBook Read(FileInfo file) => new([.. File.ReadLines(file.FullName).Skip(1).Select(text => text.Split(',')).Select(f => new Line(
        DateTimeOffset.Parse(f[0], CultureInfo.InvariantCulture), f[1], Number(f[2]), Number(f[3]), Number(f[4]), f[5], f[6] == "1")).OrderBy(line => line.At)]);

    /// <summary>Calls by who signed them.</summary>
    /// <param name="bucket">What the bucket's name begins with.</param>
    public Dictionary<string, int> Calls(string bucket) => lines.Where(line => line.Bucket.StartsWith(bucket, StringComparison.Ordinal))
        .GroupBy(line => line.Key).ToDictionary(of => of.Key, of => of.Count());

    /// <summary>The most tokens that any window of this length saw taken, and how many that share of the bucket and its refill are.</summary>
    public (double Used, double Limit) Highest(string bucket, TimeSpan window, double share)
    {
        var taken = lines.Where(line => line.Bucket == bucket && !line.Refused).ToList();
        var (used, most, from) = (0d, 0d, 0);
        foreach (var line in taken)
        {
            used += line.Tokens;
            while (line.At - taken[from].At > window)
            {
                used -= taken[from++].Tokens;
            }

            most = Math.Max(most, used);
        }

        var any = lines.First(line => line.Bucket == bucket);
        return (most, share * (any.Size + (any.PerSecond * window.TotalSeconds)));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Line(DateTimeOffset At, string Bucket, double Tokens, double Size, double PerSecond, string Key, bool Refused);
}
