namespace Watchdog.Slo.Reading;

/// <summary>By what a month is split up.</summary>
public enum Grouping
{
    /// <summary>Not at all.</summary>
    Fleet,
    /// <summary>AWS Region.</summary>
    Region,
    /// <summary>Instance type.</summary>
    Type,
    /// <summary>The owner's plan; VMs without one are under an empty name.</summary>
    Plan,
    /// <summary>Owner.</summary>
    Owner,
}
