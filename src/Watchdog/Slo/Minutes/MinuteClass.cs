namespace Watchdog.Slo.Minutes;

/// <summary>What a VM-minute counts as: exactly one of these for each minute in scope (DESIGN 4.9).</summary>
public enum MinuteClass
{
    /// <summary>The VM ran and its checks passed.</summary>
    Good = 1,
    /// <summary>The VM should have been there and was not.</summary>
    Bad,
    /// <summary>Not there for a reason that the promise does not cover: its owner's will, a boot, a rightful containment.</summary>
    Excluded,
    /// <summary>Nobody can tell; never counted as good, never as bad.</summary>
    Unknown,
}
