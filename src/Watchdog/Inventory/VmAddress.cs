using System.Net;
using System.Net.Sockets;

namespace Watchdog.Inventory;

/// <summary>A public address of a VM.</summary>
/// <param name="Address">As <see cref="IPAddress"/> writes it.</param>
/// <param name="InterfaceId">The interface that bears it; null where EC2 named none.</param>
public sealed record VmAddress(string Address, string? InterfaceId)
{
    /// <summary>
    /// The addresses by which the internet knows a VM: of every interface the public or elastic one and its IPv6 ones, else the VM's own. A VM
    /// behind a NAT has none. A text that is no address is left out. (EC2's answer names one public address an interface here; further elastic
    /// ones of an interface's secondary private addresses are not seen.)
    /// </summary>
    public static IReadOnlyList<VmAddress> Of(ListedVm vm)
    {
        List<VmAddress> found = [];
        foreach (var nic in vm.Interfaces)
        {
            Add(nic.PublicIp, nic.InterfaceId);
            foreach (var address in nic.Ipv6 ?? [])
            {
                Add(address, nic.InterfaceId);
            }
        }

        Add(vm.PublicIp, null);
        return found;

        void Add(string? text, string? nic)
        {
            if (Normal(text) is { } address && !found.Exists(known => known.Address == address))
            {
                found.Add(new VmAddress(address, nic));
            }
        }
    }

    /// <summary>One spelling for an address: IPv4 in IPv6 is IPv4, no zone; null for what is no address.</summary>
    public static string? Normal(string? text) =>
        !IPAddress.TryParse(text, out var address) ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()).ToString()
        : address.ToString();
}
