namespace Watchdog.FleetSim.Failing;

/// <summary>How a request fails.</summary>
public enum FaultKind
{
    /// <summary>It does not.</summary>
    None,
    /// <summary>The service's throttling error.</summary>
    Throttle,
    /// <summary>HTTP 500, nothing done.</summary>
    ServerError,
    /// <summary>HTTP 503, nothing done.</summary>
    Unavailable,
    /// <summary>Connection cut, nothing done.</summary>
    Drop,
    /// <summary>Connection cut after the effect.</summary>
    LateDrop,
    /// <summary>Answered late.</summary>
    Hang,
    /// <summary>Body cut in the middle.</summary>
    Truncate,
    /// <summary>HTTP 200 with nonsense.</summary>
    Garbage,
}
