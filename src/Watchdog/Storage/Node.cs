using System.Security.Cryptography;

namespace Watchdog.Storage;

/// <summary>One running process in the cluster: the owner of leases and the scheduler's instance id.</summary>
/// <param name="Name">Unique among all that ever ran: host, process id, and a random part for hosts that reuse both.</param>
public sealed record Node(string Name)
{
    /// <summary>A name for the process that asks.</summary>
    public static Node Create() =>
        new($"{Environment.MachineName}-{Environment.ProcessId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}");
}
