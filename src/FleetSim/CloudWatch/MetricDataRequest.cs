using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>One query of GetMetricData; what a protocol's reader fills in.</summary>
internal sealed class MetricQuery
{
    public string Id { get; set; } = "";
    public string? Label { get; set; }
    public string? Expression { get; set; }
    public bool ReturnData { get; set; } = true;
    public string Namespace { get; set; } = "";
    public string MetricName { get; set; } = "";
    public string? InstanceId { get; set; }
    public bool OtherDimensions { get; set; }
    public int Period { get; set; }
    public string Stat { get; set; } = "";

    public void Dimension(string? name, string? value)
    {
        if (name == "InstanceId" && InstanceId is null)
            InstanceId = value;
        else
            OtherDimensions = true;
    }
}

/// <summary>GetMetricData as asked, whatever the protocol.</summary>
internal sealed class MetricDataRequest
{
    public const int MaxQueries = 500;
    public const int MaxPoints = 100_800;

    public DateTimeOffset? Start { get; set; }
    public DateTimeOffset? End { get; set; }
    public bool Ascending { get; set; }
    public string? NextToken { get; set; }
    public int? MaxDatapoints { get; set; }
    public List<MetricQuery> Queries { get; } = [];

    /// <summary>Throws CloudWatch's ValidationError for what it would not take.</summary>
    public void Validate()
    {
        if (Queries.Count == 0)
            throw Invalid("The parameter MetricDataQueries is required.");
        if (Queries.Count > MaxQueries)
            throw Invalid($"The collection MetricDataQueries must not have a size greater than {MaxQueries}.");
        if (Start is null || End is null)
            throw Invalid("The parameters StartTime and EndTime are required.");
        if (Start >= End)
            throw Invalid("The parameter StartTime must be less than the parameter EndTime.");
        if (MaxDatapoints is < 1 or > MaxPoints)
            throw Invalid($"The parameter MaxDatapoints must be between 1 and {MaxPoints}.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var query in Queries)
        {
            if (!IsId(query.Id))
                throw Invalid($"The value '{query.Id}' for parameter MetricDataQueries.member.Id does not match ^[a-z][a-zA-Z0-9_]*$.");
            if (!ids.Add(query.Id))
                throw Invalid($"The ids of MetricDataQueries must be unique: '{query.Id}' is not.");
            if (query.Expression is not null)
                throw Invalid("Expressions are not part of this simulated Region.");
            if (query.Period is not (1 or 5 or 10 or 30) && (query.Period <= 0 || query.Period % 60 != 0))
                throw Invalid($"The period {query.Period} must be 1, 5, 10, 30 or a multiple of 60.");
            if (query.MetricName.Length == 0 || query.Namespace.Length == 0)
                throw Invalid("MetricStat needs a Namespace and a MetricName.");
            if (query.Stat is not ("Average" or "Sum" or "Minimum" or "Maximum" or "SampleCount"))
                throw Invalid($"The stat '{query.Stat}' is not known.");
        }
    }

    public static AwsError Invalid(string message) => new(400, "ValidationError", message);

    private static bool IsId(string id) => id.Length is > 0 and <= 255 && char.IsAsciiLetterLower(id[0])
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
