namespace Watchdog.Telemetry.Spending;

/// <summary>What this process's calls have cost, and what a month's may cost.</summary>
public interface IBill
{
    /// <summary>US$ since the process began, by operation; it only grows.</summary>
    IReadOnlyDictionary<string, decimal> Usd { get; }

    /// <summary>US$ that a calendar month's calls may cost; 0 for no budget.</summary>
    decimal BudgetUsd { get; }
}
