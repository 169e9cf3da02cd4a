namespace Watchdog.Alerts.Routing;

/// <summary>The receivers that are configured, by name: whom an incident can be told.</summary>
public interface IReceiverNames
{
    /// <summary>The names.</summary>
    IReadOnlyList<string> Names { get; }
}
