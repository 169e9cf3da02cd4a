namespace Watchdog.Alerts.Conditions;

/// <summary>Calls that AWS throttles or denies this worker; the thresholds are those of the Prometheus rules of the same names.</summary>
public sealed class AwsConditions(AwsCallWatch calls) : IConditionSource
{
    private const double MostThrottled = 0.05;
    private const int LeastCalls = 20;
    private const int MostDenied = 1;
    private const int ThrottledMinutes = 10;
    private const int DeniedMinutes = 15;

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.AwsThrottled, IncidentKinds.AwsDenied];

    /// <inheritdoc/>
    public Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Condition>>([.. Throttled(calls.Last(ThrottledMinutes)), .. Denied(calls.Last(DeniedMinutes))]);

    /// <summary>Operations of whose calls too many are throttled. Pure.</summary>
    public static IEnumerable<Condition> Throttled(IReadOnlyDictionary<(string Operation, string Outcome), long> counts) =>
        from operation in counts.GroupBy(one => one.Key.Operation)
        let all = operation.Sum(one => one.Value)
        let throttled = operation.Where(one => one.Key.Outcome == "throttled").Sum(one => one.Value)
        where all >= LeastCalls && throttled > MostThrottled * all
        select Of(IncidentKinds.AwsThrottled, operation.Key, Severity.Warning,
            FormattableString.Invariant($"AWS throttled {100.0 * throttled / all:0} % of the calls of {operation.Key} in {ThrottledMinutes} minutes"));

    /// <summary>Operations that are denied. Pure.</summary>
    public static IEnumerable<Condition> Denied(IReadOnlyDictionary<(string Operation, string Outcome), long> counts) =>
        from one in counts
        where one.Key.Outcome == "denied" && one.Value > MostDenied
        select Of(IncidentKinds.AwsDenied, one.Key.Operation, Severity.Critical, FormattableString.Invariant($"AWS denied {one.Key.Operation} {one.Value} times in {DeniedMinutes} minutes"));

    private static Condition Of(string kind, string operation, Severity severity, string sentence) =>
        new(new(kind, operation, IncidentKey.Cluster), severity, new(Sentence: sentence), Everywhere: false);
}
