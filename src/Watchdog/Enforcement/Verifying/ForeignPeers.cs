using System.Net;
using System.Net.Sockets;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Mining;

namespace Watchdog.Enforcement.Verifying;

/// <summary>
/// Connections that an isolated guest should not have been able to make; pure. A socket that was open before stays ESTABLISHED in the guest for
/// up to fifteen minutes after it was cut, so that only connections which are new since then count.
/// </summary>
public static class ForeignPeers
{
    private const int Https = 443;

    /// <summary>The new ones out to public addresses, in words.</summary>
    /// <param name="after">A look inside after the isolation.</param>
    /// <param name="before">The last look before it; null when there was none: then only connections whose age says so count.</param>
    /// <param name="containedAt">When the last interface was contained.</param>
    public static IReadOnlyList<string> In(GuestSnapshot after, GuestSnapshot? before, DateTimeOffset containedAt)
    {
        var agents = after.TopProcesses.Where(IsAgent).Select(process => process.Pid).ToHashSet();
        var shown = after.TopProcesses.Select(process => process.Pid).ToHashSet();
        return
        [
            .. after.Connections
                .Where(c => c.Outbound && IsPublic(c.PeerAddress) && IsNew(c, after, before, containedAt)
                    // SSM's endpoints are the one way out that the group leaves, and nobody can tell them by their address.
                    && !(c.PeerPort == Https && (agents.Contains(c.Pid) || !shown.Contains(c.Pid))))
                .Select(c => FormattableString.Invariant($"{Told.Of(c.PeerAddress)} port {c.PeerPort} (process {c.Pid})"))
                .Distinct().Take(10),
        ];
    }

    /// <summary>Whether the text is an address of the public internet. A name, or nothing that can be read, is none.</summary>
    public static bool IsPublic(string text)
    {
        if (!IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast)
        {
            return false;
        }

        return address.AddressFamily != AddressFamily.InterNetwork || !IsReserved(address.GetAddressBytes());
    }

    private static bool IsReserved(byte[] b) => b[0] is 0 or 10 or 127 or >= 224
        || (b[0] == 100 && b[1] is >= 64 and < 128) || (b[0] == 169 && b[1] == 254) || (b[0] == 172 && b[1] is >= 16 and < 32) || (b[0] == 192 && b[1] == 168);

    private static bool IsAgent(GuestProcess process) =>
        Executable.NameOf(process) is var name && (name.StartsWith("amazon-ssm", StringComparison.Ordinal) || name.StartsWith("ssm-", StringComparison.Ordinal));

    private static bool IsNew(GuestConnection c, GuestSnapshot after, GuestSnapshot? before, DateTimeOffset containedAt) =>
        c.AgeSeconds >= 0 ? c.AgeSeconds < (after.TakenAt - containedAt).TotalSeconds
        : before is not null && !before.Connections.Any(b => b.PeerAddress == c.PeerAddress && b.PeerPort == c.PeerPort && b.LocalPort == c.LocalPort);
}
