using System.Net;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Proxy;

namespace Watchdog.Tests.Http.Access;

public class AccessOptionsTests
{
    private static ProxyOptions Proxied => new() { Networks = ["10.0.0.5"], Roles = new RoleMap { Viewer = ["*"] } };

    [Theory]
    [InlineData("0.0.0.0:8080")]
    [InlineData("10.1.2.3:8080")]
    [InlineData("[::]:8080")]
    public void Pages_that_others_reach_need_a_way_to_sign_in(string listen)
    {
        var wrong = Assert.Single(new AccessOptions().Errors(IPEndPoint.Parse(listen)));
        Assert.StartsWith($"Http:Listen is {listen}, which others reach, and nobody could sign in", wrong, StringComparison.Ordinal);
        Assert.Empty(new AccessOptions { Pages = false }.Errors(IPEndPoint.Parse(listen)));
        Assert.Empty(new AccessOptions { Proxy = Proxied }.Errors(IPEndPoint.Parse(listen)));
    }

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("[::1]:0")]
    public void On_loopback_a_link_is_enough(string listen) => Assert.Empty(new AccessOptions().Errors(IPEndPoint.Parse(listen)));

    [Fact]
    public void Without_a_listener_nothing_is_asked_for() => Assert.Empty(new AccessOptions().Errors(null));

    [Theory]
    [InlineData("proxy.example.com", "must be an address or a network")]
    [InlineData("10.0.0.5/40", "must be an address or a network")]
    [InlineData("0.0.0.0/0", "a network of every address")]
    [InlineData("::/0", "a network of every address")]
    public void A_proxys_address_that_is_none_or_everybodys_is_refused(string network, string why) =>
        Assert.Contains(why, Assert.Single(new AccessOptions { Proxy = new() { Networks = [network], Roles = Proxied.Roles } }.Errors(null)), StringComparison.Ordinal);

    [Fact]
    public void A_proxy_without_a_role_for_anybody_is_refused() =>
        Assert.Contains("Access:Proxy:Roles gives no group a role", Assert.Single(new AccessOptions { Proxy = new() { Networks = ["10.0.0.5"] } }.Errors(null)), StringComparison.Ordinal);

    [Fact]
    public void Somebody_of_several_groups_has_the_highest_role_and_names_are_compared_exactly()
    {
        var map = new RoleMap { Viewer = ["*"], Operator = ["ops"], Admin = ["leads"] };
        Assert.Equal(Role.Admin, map.Of(["ops", "leads"]));
        Assert.Equal(Role.Operator, map.Of(["ops"]));
        Assert.Equal(Role.Viewer, map.Of(["Leads"]));
        Assert.Null(new RoleMap { Admin = ["leads"] }.Of(["lead"]));
    }
}
