using System.Text;

namespace Watchdog.Inventory;

/// <summary>The grain at which work is spread over workers: hash(instance id) mod 64, stored in <c>vm.shard</c>.</summary>
public static class Shard
{
    /// <summary>Number of shards. Data, not a setting: changing it needs a migration of <c>vm.shard</c>.</summary>
    public const int Count = 64;

    /// <summary>The shard of an instance id, 0 to 63: FNV-1a of its ASCII bytes, the same on every machine and version.</summary>
    public static short Of(string instanceId)
    {
        uint hash = 2166136261;
        foreach (var unit in Encoding.ASCII.GetBytes(instanceId))
        {
            hash = (hash ^ unit) * 16777619;
        }

        return (short)((hash ^ (hash >> 16)) % Count);
    }
}
