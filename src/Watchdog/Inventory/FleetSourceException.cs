namespace Watchdog.Inventory;

/// <summary>A listing that did not come to its end.</summary>
/// <param name="code">AWS's own error code, or the failure's type.</param>
/// <param name="message">AWS's message, bounded.</param>
/// <param name="inner">The failure.</param>
public sealed class FleetSourceException(string code, string message, Exception inner) : Exception($"{code}: {message}", inner)
{
    /// <summary>AWS's own error code, or the failure's type.</summary>
    public string Code { get; } = code;
}
