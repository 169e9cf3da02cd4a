namespace Watchdog.Alerts.Routing;

/// <summary>The names under <c>Alerts:Receivers</c>.</summary>
public sealed class ConfiguredReceivers(IConfiguration configuration) : IReceiverNames
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. configuration.GetSection("Alerts:Receivers").GetChildren().Select(one => one.Key).Order(StringComparer.Ordinal)];
}
