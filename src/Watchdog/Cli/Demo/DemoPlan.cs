using Watchdog.Http;
using Watchdog.IdleShutdown;
using Watchdog.Policy;
using Watchdog.Policy.Guards;
using Watchdog.Storage;

namespace Watchdog.Cli.Demo;

/// <summary>What a demo was asked to play.</summary>
/// <param name="Vms">VMs in the fleet.</param>
/// <param name="Seed">The fleet's seed.</param>
/// <param name="Speed">Fleet seconds a wall second; paces, never outruns.</param>
/// <param name="Minutes">Simulated minutes; null until interrupted.</param>
/// <param name="Mode">The policy's mode.</param>
/// <param name="Idle">Whether VMs that nobody uses are stopped too, as the mode allows.</param>
/// <param name="Stay">Whether it goes on after the minutes, at the pace of a clock on the wall, for those who look at the pages.</param>
/// <param name="Listen">Address and port to answer on while it plays; null: as configured.</param>
internal sealed record DemoPlan(int Vms, ulong Seed, double Speed, int? Minutes, PolicyMode Mode, string? Listen = null, bool Idle = false, bool Stay = false)
{
    /// <summary>
    /// Settings that differ from a fresh install's: the operator of a demo says that acts may begin without a week of history, and that
    /// the whole of a small fleet may be acted upon, although most of its abusers begin within hours.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings(string? dataFolder)
    {
        yield return new($"{PolicyOptions.Section}:{nameof(PolicyOptions.Mode)}", Mode.ToString());
        yield return new($"{IdleShutdownOptions.Section}:{nameof(IdleShutdownOptions.Mode)}", (Idle ? Mode : PolicyMode.Observe).ToString());
        yield return new($"{PolicyOptions.Section}:{nameof(PolicyOptions.MinimumHistory)}", "00:00:00");
        yield return new($"{PolicyOptions.Section}:{nameof(PolicyOptions.Caps)}:{nameof(CapOptions.PerFiveMinutes)}", "1000");
        yield return new($"{PolicyOptions.Section}:{nameof(PolicyOptions.Caps)}:{nameof(CapOptions.PerHour)}", "10000");
        yield return new($"{PolicyOptions.Section}:{nameof(PolicyOptions.Caps)}:{nameof(CapOptions.FleetPercentPerDay)}", "100");
        yield return new($"{PolicyOptions.Section}:{nameof(PolicyOptions.Brake)}:{nameof(BrakeOptions.CandidatesFloor)}", "10000");
        yield return new($"{StorageOptions.Section}:{nameof(StorageOptions.RelaxedDurability)}", "true");
        yield return new($"{StorageOptions.Section}:{nameof(StorageOptions.ConnectionString)}", "");
        if (Listen is not null)
        {
            yield return new($"{HttpOptions.Section}:{nameof(HttpOptions.Listen)}", Listen);
        }

        if (dataFolder is not null)
        {
            yield return new($"{StorageOptions.Section}:{nameof(StorageOptions.DataFolder)}", dataFolder);
        }
    }
}
