namespace Watchdog.Detection;

/// <summary>
/// How many VMs of each shard showed which CPU level in a run, to a hundredth of a percent: VMs that are all alike are a fault of the data,
/// and Policy brakes on it.
/// </summary>
public sealed class Levels
{
    private readonly Dictionary<short, Dictionary<int, int>> _shards = [];

    /// <summary>Counts a VM by the newest point of its window; one without any is not counted.</summary>
    public void Add(short shard, ReadOnlySpan<float> cpu)
    {
        for (var i = cpu.Length - 1; i >= 0; i--)
        {
            if (float.IsFinite(cpu[i]))
            {
                if (!_shards.TryGetValue(shard, out var levels))
                {
                    _shards[shard] = levels = [];
                }

                var level = (int)MathF.Round(cpu[i] * 100);
                levels[level] = levels.GetValueOrDefault(level) + 1;
                return;
            }
        }
    }

    /// <summary>VMs of a shard that were counted, the level that most of them showed (percent; null when none was), and how many did.</summary>
    public (int Screened, float? Cpu, int Vms) Of(short shard)
    {
        if (!_shards.TryGetValue(shard, out var levels))
        {
            return (0, null, 0);
        }

        var modal = levels.MaxBy(level => level.Value);
        return (levels.Values.Sum(), modal.Key / 100f, modal.Value);
    }
}
