using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>One <c>Filter.N</c>: a name and values of which one must match; filters are ANDed.</summary>
internal sealed record FilterFields(string Name, Pattern[] Values)
{
    /// <summary>The filters of a request; AWS's limits on them hold.</summary>
    public static List<FilterFields> Read(FormFields form)
    {
        var filters = new List<FilterFields>();
        for (var i = 1; form.Get($"Filter.{i}.Name") is { } name; i++)
        {
            var values = form.List($"Filter.{i}.Value");
            if (values.Count == 0)
                throw AwsError.InvalidParameter($"The filter '{name}' is invalid: it has no value");
            if (values.Count > 200)
                throw new AwsError(400, "FilterLimitExceeded", "The maximum number of filter values specified on a single call is 200");
            filters.Add(new FilterFields(name, [.. values.Select(v => new Pattern(v))]));
        }

        return filters;
    }

    public bool Any(string? value) => value is not null && Values.Any(v => v.Matches(value));

    public bool Any(IEnumerable<string> values) => values.Any(Any);

    /// <summary>For <c>tag:K</c> the K; else null.</summary>
    public string? TagName => Name.StartsWith("tag:", StringComparison.Ordinal) ? Name[4..] : null;

    /// <summary>The instance ids that filters ask for by name; null where they ask for none, or by a pattern.</summary>
    public static IReadOnlyList<string>? NamedIds(IEnumerable<FilterFields> filters) =>
        filters.FirstOrDefault(filter => filter.Name == "instance-id") is { } named && Array.TrueForAll(named.Values, value => value.Text is not null)
            ? [.. named.Values.Select(value => value.Text!)] : null;

    public static AwsError Unknown(string name) => AwsError.InvalidParameter($"The filter '{name}' is invalid");
}
