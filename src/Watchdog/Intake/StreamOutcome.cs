namespace Watchdog.Intake;

/// <summary>What became of a datapoint that a stream delivered.</summary>
internal enum StreamOutcome
{
    /// <summary>New, and stored.</summary>
    Stored,
    /// <summary>Delivered before, or less than what is known.</summary>
    Known,
    /// <summary>Of no VM that inventory knows.</summary>
    UnknownVm,
    /// <summary>Of an account and Region that are not watched, or not the VM's.</summary>
    WrongScope,
    /// <summary>Of another namespace, metric or set of dimensions: the stream's filter is wider than it needs to be.</summary>
    NotAsked,
    /// <summary>Not what CloudWatch writes: no JSON, a field missing, no base64, a value that cannot be.</summary>
    Malformed,
    /// <summary>Older than any window.</summary>
    TooOld,
    /// <summary>Of a period that has not begun.</summary>
    Future,
}
