using Npgsql;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>
/// Reads what VMs of one type and image usually take, where a VM without history asks: once a run for each cohort, from the baselines of up to
/// <see cref="MostMembers"/> of the run's own shards. Who does not ask costs nothing, so that a fleet of old VMs reads none.
/// </summary>
public sealed class Cohorts(NpgsqlDataSource database, DetectorOptions detectors)
{
    /// <summary>Members that are read of one cohort; ids are random, so that the first are a fair sample.</summary>
    private const int MostMembers = 200;
    private const int CohortsAQuery = 25;

    /// <summary>What makes a VM a member.</summary>
    public static CohortKey KeyOf(Vm vm) => new(vm.InstanceType, vm.ImageId);

    /// <summary>Adds the cohorts of the VMs to the view, as far as it does not hold them; too few members are a known absence.</summary>
    public async Task LoadAsync(ShardView view, IEnumerable<Vm> asking, CancellationToken ct)
    {
        var members = asking.Select(KeyOf).Where(key => !view.Cohorts.ContainsKey(key)).Distinct().ToDictionary(key => key, _ => new List<string>());
        if (members.Count == 0)
        {
            return;
        }

        foreach (var vm in view.Vms)
        {
            if (members.TryGetValue(KeyOf(vm), out var ids) && ids.Count < MostMembers)
            {
                ids.Add(vm.InstanceId);
            }
        }

        foreach (var chunk in members.Chunk(CohortsAQuery))
        {
            var baselines = await BaselineTable.LoadAsync(database, [.. chunk.SelectMany(pair => pair.Value)], ct);
            foreach (var (key, ids) in chunk)
            {
                view.Cohorts[key] = CohortOf(key, ids, baselines, view.Now);
            }
        }
    }

    private Cohort? CohortOf(CohortKey key, List<string> ids, Dictionary<string, byte[]> baselines, DateTimeOffset now)
    {
        Span<float> means = stackalloc float[Baseline.Hours];
        Span<float> p95s = stackalloc float[Baseline.Hours];
        Span<float> levels = stackalloc float[MostMembers];
        for (var i = 0; i < ids.Count; i++)
        {
            levels[i] = BaselineCodec.TryDecode(baselines.GetValueOrDefault(ids[i]), means, p95s, out var endHour)
                ? Cohort.LevelOf(new Baseline(means, p95s, endHour), now, detectors.Screen) : float.NaN;
        }

        return Cohort.Of(key.InstanceType, key.ImageId, levels[..ids.Count], detectors.Screen);
    }
}

/// <summary>VMs of one cohort share it.</summary>
public readonly record struct CohortKey(string InstanceType, string? ImageId);
