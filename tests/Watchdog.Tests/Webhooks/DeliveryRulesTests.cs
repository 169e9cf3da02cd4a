using System.Net;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Webhooks;

public sealed class DeliveryRulesTests
{
    [Theory]
    [InlineData(200, 1, Delivery.Sent)]
    [InlineData(204, 9, Delivery.Sent)]
    [InlineData(301, 1, Delivery.Again)]
    [InlineData(404, 1, Delivery.Again)]
    [InlineData(410, 1, Delivery.Closed)]
    [InlineData(500, 9, Delivery.Again)]
    [InlineData(0, 9, Delivery.Again)]
    [InlineData(500, 10, Delivery.Dead)]
    public void An_answer_says_what_follows(int status, int attempts, Delivery next) =>
        Assert.Equal(next, DeliveryRules.Next(new(status, null, ""), attempts, 0).Next);

    [Fact]
    public void Waits_grow_with_jitter_and_a_receiver_may_ask_for_more_up_to_a_day()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), DeliveryRules.Next(new(500, null, ""), 1, 0).Wait);
        Assert.Equal(TimeSpan.FromSeconds(6), DeliveryRules.Next(new(500, null, ""), 1, 1).Wait);
        Assert.Equal(TimeSpan.FromMinutes(5), DeliveryRules.Next(new(500, null, ""), 2, 0).Wait);
        Assert.Equal(TimeSpan.FromMinutes(2), DeliveryRules.Next(new(429, TimeSpan.FromMinutes(2), ""), 1, 0).Wait);
        Assert.Equal(TimeSpan.FromSeconds(5), DeliveryRules.Next(new(429, TimeSpan.FromSeconds(-9), ""), 1, 0).Wait);
        Assert.Equal(TimeSpan.FromHours(24), DeliveryRules.Next(new(503, TimeSpan.FromDays(300), ""), 1, 0).Wait);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_public_addresses_are_sent_to(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Includes(IPAddress.Parse(address)));
}
