using System.Globalization;

namespace Watchdog.Telemetry.Spending;

/// <summary>What is left off to spare money, in this order; each includes those before it.</summary>
public enum Thrift
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The past of VMs that ran before Watchdog saw them is not read: their usual level grows by itself within half a day.</summary>
    NoPast,
    /// <summary>Quiet VMs are screened each thirty minutes instead of fifteen.</summary>
    QuietSlower,
    /// <summary>Quiet VMs are screened each hour.</summary>
    QuietSlowest,
}

/// <summary>
/// Decides by the month's spending. Never left off: the inventory and status checks (which are free), screens of young, hot and watched VMs, the triage
/// of what is new, looks inside, acts and their proof. A fleet that is not watched costs more.
/// </summary>
public static class ThriftRules
{
    /// <summary>Shares of the budget from which each step holds.</summary>
    private static readonly (decimal From, Thrift Step, string Does)[] Steps =
    [
        (1.10m, Thrift.QuietSlowest, "quiet VMs are screened each hour, and the past of new VMs is not read"),
        (1.05m, Thrift.QuietSlower, "quiet VMs are screened each thirty minutes, and the past of new VMs is not read"),
        (1.00m, Thrift.NoPast, "the past of new VMs is not read"),
    ];

    /// <summary>What is left off now, and why.</summary>
    /// <param name="spent">US$ in this calendar month, by the whole cluster.</param>
    /// <param name="budget">US$; 0 for none.</param>
    public static (Thrift Level, string Reason) Decide(decimal spent, decimal budget)
    {
        if (budget <= 0)
        {
            return (Thrift.None, string.Create(CultureInfo.InvariantCulture, $"US$ {spent:0.00} spent this month; no budget is set"));
        }

        var share = spent / budget;
        var told = string.Create(CultureInfo.InvariantCulture, $"US$ {spent:0.00} of this month's US$ {budget:0.00} spent ({share * 100:0} %)");
        foreach (var (from, step, does) in Steps)
        {
            if (share >= from)
            {
                return (step, $"{told}: {does}");
            }
        }

        return (Thrift.None, told);
    }

    /// <summary>Ticks between two screens of a quiet VM.</summary>
    public static int QuietTicks(Thrift level) => level switch
    {
        Thrift.QuietSlowest => 4 * ScreenCadence.QuietTicks,
        Thrift.QuietSlower => 2 * ScreenCadence.QuietTicks,
        _ => ScreenCadence.QuietTicks,
    };
}
