namespace Watchdog.Alerts.Routing;

/// <summary>The names under <c>Alerts:Receivers</c>, but for those of type <c>ping</c>: a dead man's switch is told of no incident.</summary>
public sealed class ConfiguredReceivers(IConfiguration configuration) : IReceiverNames
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } =
    [
        .. configuration.GetSection("Alerts:Receivers").GetChildren().Where(one => one["Type"] != "ping").Select(one => one.Key).Order(StringComparer.Ordinal),
    ];
}
