using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>Why a stretch of minutes has its cause: the facts that decided, not yet in words.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="State">The state that the VM was in.</param>
public readonly record struct Ground(Cause Cause, StateFact State)
{
    /// <summary>The state change that named the reason of a stop, where it is another than <see cref="State"/>.</summary>
    public StateFact? Reason { get; init; }

    /// <summary>The status checks that decided.</summary>
    public CheckFact? Check { get; init; }

    /// <summary>Whether the minutes lie before the checks were read, back to <see cref="CheckFact.ImpairedSince"/>.</summary>
    public bool BackDated { get; init; }

    /// <summary>The act that kept the owner out.</summary>
    public HoldFact? Hold { get; init; }

    /// <summary>The time that could not be seen.</summary>
    public Gap? Gap { get; init; }

    /// <summary>When the boot began.</summary>
    public DateTimeOffset? Boot { get; init; }
}
