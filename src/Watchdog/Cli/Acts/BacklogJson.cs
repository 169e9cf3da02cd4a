using Watchdog.Enforcement.Governing;
using Watchdog.Policy;

namespace Watchdog.Cli.Acts;

/// <summary>The backlog as JSON; its names are a contract.</summary>
/// <param name="Brake">Why the brake is on; null when it is off.</param>
internal sealed record BacklogJson(DateTimeOffset At, string? Brake, IReadOnlyList<BacklogJson.ScopeJson> Scopes)
{
    public static BacklogJson Of(IReadOnlyList<ScopeBacklog> scopes, Brake brake, DateTimeOffset now) => new(
        now, brake.IsOn ? brake.Reason : null,
        [.. scopes.Select(scope => new ScopeJson(
            scope.Scope, EstimateJson.Of(scope.Estimate, now),
            [.. scope.Rows.Select(row => new RowJson(
                row.Kind, row.Proposed, row.ToDo, row.PutOff, row.Verifying, [.. row.Held.Select(why => new HeldJson(why.Why, why.Acts))]))]))]);

    internal sealed record ScopeJson(string Scope, EstimateJson Estimate, IReadOnlyList<RowJson> Kinds);

    internal sealed record RowJson(string Kind, int Proposed, int ToDo, int PutOff, int Verifying, IReadOnlyList<HeldJson> HeldBy);

    internal sealed record HeldJson(string Reason, int Acts);
}

/// <summary>An estimate as JSON, seconds.</summary>
/// <param name="Bottleneck">The bucket that takes longest; null where none holds anything back.</param>
internal sealed record EstimateJson(double LeastSeconds, double MostSeconds, DateTimeOffset EndsBy, string? Bottleneck)
{
    public static EstimateJson Of(Estimate estimate, DateTimeOffset now) => new(
        Math.Round(estimate.Least.TotalSeconds, 1), Math.Round(estimate.Most.TotalSeconds, 1), now + estimate.Most, estimate.Bottleneck);
}
