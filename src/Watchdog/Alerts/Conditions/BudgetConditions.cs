using Watchdog.Telemetry.Spending;

namespace Watchdog.Alerts.Conditions;

/// <summary>The month's budget for AWS calls.</summary>
public sealed class BudgetConditions(SpendBook spending) : IConditionSource
{
    private const decimal Nearly = 0.8m;
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IReadOnlyList<string> Kinds => [IncidentKinds.Budget];

    /// <inheritdoc/>
    public Task<IReadOnlyList<Condition>> ReadAsync(CancellationToken ct) => Task.FromResult(Of(spending.Now));

    /// <summary>What the month's spending says; nothing while it is not known. Pure.</summary>
    public static IReadOnlyList<Condition> Of(Spending? now) => now is not { BudgetUsd: > 0 } || now.Usd < Nearly * now.BudgetUsd ? [] :
    [
        new(new(IncidentKinds.Budget, IncidentKinds.Budget, IncidentKey.Cluster), now.Usd >= now.BudgetUsd ? Severity.Critical : Severity.Warning,
            new(Sentence: FormattableString.Invariant($"{100 * now.Usd / now.BudgetUsd:0} % of the month's US$ {now.BudgetUsd:0.##} for AWS calls are spent: {now.Reason}")), Holds),
    ];
}
