namespace Watchdog.Slo.Alarms;

/// <summary>How far the buckets of every scope that keeps up are written: where windows end. Never the present: what is not written is not known.</summary>
/// <param name="Minute">The first minute that one of them has not, a multiple of five.</param>
/// <param name="Behind">Regions all of whose scopes lag too far to be waited for.</param>
public sealed record BookEnd(int Minute, IReadOnlySet<string> Behind)
{
    /// <summary>A scope that lags the foremost by more minutes is not waited for: it is configured no more, or its books cannot be written.</summary>
    public const int MostBehind = 60;

    /// <summary>Of the scopes' marks; null while there is none.</summary>
    public static BookEnd? Of(IReadOnlyList<(string Region, int BucketMin)> scopes)
    {
        if (scopes.Count == 0)
        {
            return null;
        }

        var least = scopes.Max(scope => scope.BucketMin) - MostBehind;
        var abreast = scopes.Where(scope => scope.BucketMin >= least).ToList();
        return new(
            abreast.Min(scope => scope.BucketMin),
            scopes.Select(scope => scope.Region).Except(abreast.Select(scope => scope.Region), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal));
    }
}
