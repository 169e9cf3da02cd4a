using System.Text;
using Watchdog.Inventory;

namespace Watchdog.Telemetry;

/// <summary>
/// Which VMs are screened now (DESIGN 4.3): young, hot and lately changed ones each five minutes, the quiet rest each fifteen, a third of
/// them at a time. CloudWatch is billed by the metric, so a quiet VM loses minutes, never points. Each shard ticks at a second of its own.
/// </summary>
public static class ScreenCadence
{
    /// <summary>Time between two ticks of a shard.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);
    /// <summary>A quiet VM is screened at one of so many ticks.</summary>
    public const int QuietTicks = 3;
    /// <summary>A VM launched or started less than this ago is young.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromHours(24);
    /// <summary>A VM whose state changed less than this ago changed lately.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>The number of the shard's tick that holds the instant; the next one begins when the number changes.</summary>
    public static long TickOf(short shard, DateTimeOffset at)
    {
        var phase = Tick.Ticks / Shard.Count * shard;
        return (long)Math.Floor((at.UtcTicks - phase) / (double)Tick.Ticks);
    }

    /// <summary>
    /// Whether a VM is to be screened now. A tick that was missed (no worker ran) is made up for: every slot since the last screen counts.
    /// </summary>
    /// <param name="vm">The VM.</param>
    /// <param name="hot">It is hot or a suspect.</param>
    /// <param name="last">The shard's last screen; null when it never had one, which makes every VM due.</param>
    /// <param name="now">Fleet time.</param>
    /// <param name="quietTicks">Ticks between two screens of a quiet VM: more while money is spared.</param>
    public static bool IsDue(Vm vm, bool hot, DateTimeOffset? last, DateTimeOffset now, int quietTicks = QuietTicks)
    {
        if (last is not { } before)
        {
            return true;
        }

        var (from, to) = (TickOf(vm.Shard, before), TickOf(vm.Shard, now));
        if (to <= from)
        {
            return false;
        }

        return to - from >= quietTicks || hot || now - vm.LaunchTime < Young || now - vm.StateSince < Lately || HasSlot(vm.InstanceId, from, to, quietTicks);
    }

    /// <summary>The VMs due, in the order given.</summary>
    public static IReadOnlyList<Vm> Due(IEnumerable<Vm> vms, IReadOnlySet<string> hot, DateTimeOffset? last, DateTimeOffset now) =>
        [.. vms.Where(vm => IsDue(vm, hot.Contains(vm.InstanceId), last, now))];

    private static bool HasSlot(string instanceId, long from, long to, int ticks)
    {
        var slot = SlotOf(instanceId, ticks);
        for (var tick = from + 1; tick <= to; tick++)
        {
            if (((tick % ticks) + ticks) % ticks == slot)
            {
                return true;
            }
        }

        return false;
    }

    private static int SlotOf(string instanceId, int ticks)
    {
        uint hash = 0;
        foreach (var unit in Encoding.ASCII.GetBytes(instanceId))
        {
            hash = unchecked((hash * 31) + unit);
        }

        return (int)(hash % (uint)ticks);
    }
}
