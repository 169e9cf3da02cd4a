using System.Net;
using System.Net.Sockets;

namespace Watchdog.Webhooks;

/// <summary>Which addresses a webhook may be sent to: those that are routed in public. A receiver's name may resolve to anything.</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Reserved = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Of IPv6's global range: Teredo and its neighbours, documentation, 6to4, which can carry any IPv4 address.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is public.</summary>
    public static bool Includes(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain)) && !Reserved.Any(range => range.Contains(plain));
    }
}
