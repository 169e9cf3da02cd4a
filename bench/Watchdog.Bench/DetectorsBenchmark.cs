using BenchmarkDotNet.Attributes;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;

namespace Watchdog.Bench;

/// <summary>The screen over a fleet of 150,000 three-hour windows on one core: 99 % quiet VMs of several kinds, 1 % on a plateau. Goal: under 1 s, nothing allocated.</summary>
[MemoryDiagnoser]
public class DetectorsBenchmark
{
    private const int Vms = 150_000;
    private const int Points = 36;
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = Now.AddHours(-3);
    private readonly float[] _cpu = new float[Vms * Points];
    private readonly float[] _means = new float[Vms * Baseline.Hours];
    private readonly float[] _p95s = new float[Vms * Baseline.Hours];
    private readonly ScreenOptions _options = new();

    /// <summary>Lays the fleet out: a third nearly idle, a third at work under the floor, a third with bursts that are usual for them.</summary>
    [GlobalSetup]
    public void LayOut()
    {
        for (var vm = 0; vm < Vms; vm++)
        {
            var level = (vm % 3) switch { 0 => 1f, 1 => 8f, _ => 30f };
            for (var i = 0; i < Points; i++)
            {
                var unrest = ((vm * 31) + (i * 17)) % 13 / 13f;
                _cpu[(vm * Points) + i] = vm % 100 == 0 && i > 20 ? 98 + unrest : (i + vm) % 50 == 0 ? float.NaN : level * (0.5f + unrest);
            }

            for (var hour = 0; hour < Baseline.Hours; hour++)
            {
                _means[(vm * Baseline.Hours) + hour] = level;
                _p95s[(vm * Baseline.Hours) + hour] = level * (1.5f + ((vm + hour) % 5 * 0.1f));
            }
        }
    }

    /// <summary>Screens all of it and asks whose context is worth its price.</summary>
    /// <returns>VMs that call for triage.</returns>
    [Benchmark]
    public int Screen150000Windows()
    {
        var suspicious = 0;
        for (var vm = 0; vm < Vms; vm++)
        {
            var facts = new VmFacts("i-0123456789abcdef0", "m5.large", 2, Now.AddDays(-9), null);
            var window = new MetricWindow(Start, 300, _cpu.AsSpan(vm * Points, Points));
            var baseline = new Baseline(_means.AsSpan(vm * Baseline.Hours, Baseline.Hours), _p95s.AsSpan(vm * Baseline.Hours, Baseline.Hours), Now.ToUnixTimeSeconds() / 3600);
            var seen = Screen.Judge(facts, window, baseline, Now, _options);
            suspicious += Attention.Of(facts, window, seen, Now) == ContextNeed.None ? 0 : 1;
        }

        return suspicious;
    }
}
