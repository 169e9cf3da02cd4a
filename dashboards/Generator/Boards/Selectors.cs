namespace Watchdog.Dashboards.Boards;

/// <summary>Parts of queries that many panels share.</summary>
internal static class Selectors
{
    /// <summary>The chosen workers.</summary>
    public const string Workers = "job=~\"$job\",instance=~\"$instance\"";

    /// <summary>
    /// The chosen Regions, of the chosen workers. What a worker reads out of the database, every worker tells alike: such gauges are taken as their
    /// greatest over the workers, never added up.
    /// </summary>
    public const string Regions = Workers + ",region=~\"$region\"";

    /// <summary>SQL: the column <c>region</c> is a chosen one.</summary>
    public const string InRegion = "region ~ '^(${region:regex})$'";

    /// <summary>SQL: a scope of a chosen Region.</summary>
    public const string ScopeInRegion = $"scope in (select id from scope where {InRegion})";

    /// <summary>SQL: a key of the uptime buckets of a chosen Region.</summary>
    public const string KeyInRegion = "k.dimension = 'region' and k.name ~ '^(${region:regex})$'";

    /// <summary>SQL: a bucket of the uptime books in the shown time.</summary>
    public const string BucketShown = "b.at_min >= $__unixEpochFrom() / 60 and b.at_min < $__unixEpochTo() / 60";
}
