using Microsoft.Extensions.Configuration;
using Watchdog.Alerts.Routing;

namespace Watchdog.Tests.Alerts.Routing;

public sealed class ConfiguredReceiversTests
{
    [Fact]
    public void A_dead_mans_switch_is_told_of_no_incident() => Assert.Equal(["chat", "pager"], new ConfiguredReceivers(new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("Alerts:Receivers:pager:Type", "pagerduty"), new("Alerts:Receivers:life:Type", "ping"), new("Alerts:Receivers:chat:Type", "slack"),
    ]).Build()).Names);
}
