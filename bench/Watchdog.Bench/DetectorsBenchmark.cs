using BenchmarkDotNet.Attributes;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Bench;

/// <summary>
/// The detectors over 150,000 three-hour windows on one core: a third of the VMs nearly idle, a third at work under the floor, a third with bursts that are
/// usual for them; one in a hundred stands on a plateau and gets triage over 48 hours and a verdict over a look inside. Goal: under 1 s, nothing allocated for
/// a quiet VM.
/// </summary>
[MemoryDiagnoser, MinColumn]
public class DetectorsBenchmark
{
    private const int Vms = 150_000;
    private const int Points = 36;
    private const int ContextPoints = 576;
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = Now.AddHours(-3);
    private static readonly StatusFacts Ok = new(CheckState.Ok, CheckState.Ok, CheckState.Ok, null);
    private readonly float[] _cpu = new float[Vms * Points];
    private readonly float[] _network = new float[Vms * Points];
    private readonly float[] _means = new float[Vms * Baseline.Hours];
    private readonly float[] _p95s = new float[Vms * Baseline.Hours];
    private readonly float[] _contextCpu = new float[ContextPoints];
    private readonly float[] _contextNetwork = new float[ContextPoints];
    private readonly DetectorOptions _options = new();
    private GuestReading _guest = GuestReading.NotAsked;

    /// <summary>Share of VMs on a plateau, one in so many; 0: none, the quiet fleet.</summary>
    [Params(0, 100)]
    public int PlateauOneIn { get; set; }

    /// <summary>Lays the fleet out.</summary>
    [GlobalSetup]
    public void LayOut()
    {
        for (var vm = 0; vm < Vms; vm++)
        {
            var level = (vm % 3) switch { 0 => 1f, 1 => 8f, _ => 30f };
            for (var i = 0; i < Points; i++)
            {
                var unrest = ((vm * 31) + (i * 17)) % 13 / 13f;
                _cpu[(vm * Points) + i] = IsHigh(vm) && i > 20 ? 98 + unrest : (i + vm) % 50 == 0 ? float.NaN : level * (0.5f + unrest);
                // Nobody is idle: an idle VM has a finding, and is not quiet.
                _network[(vm * Points) + i] = 700_000 + (unrest * 90_000);
            }

            for (var hour = 0; hour < Baseline.Hours; hour++)
            {
                _means[(vm * Baseline.Hours) + hour] = level;
                _p95s[(vm * Baseline.Hours) + hour] = level * (1.5f + ((vm + hour) % 5 * 0.1f));
            }
        }

        for (var i = 0; i < ContextPoints; i++)
        {
            _contextCpu[i] = i > ContextPoints - 16 ? 98.5f : 8 + (i % 7);
            _contextNetwork[i] = 700_000 + (i % 11 * 9_000);
        }

        GuestProcess worker = new(4242, 1, 1000, "worker", "/home/dev/worker", "./worker -c a.json", 4_500, 8_900, 3, 100_000, false, "home");
        _guest = GuestReading.Of(new GuestSnapshot(Now, true, 864_000, 2, 2, 2, 97, 1, 0, 0, 2, 120, 200,
            [worker, .. Enumerable.Range(0, 20).Select(i => worker with { Pid = 600 + i, Comm = "daemon", Exe = "/usr/sbin/daemon", Args = "daemon -f", CpuSeconds = 3, AgeSeconds = 90_000 })],
            [], [], 0, false, 200, 8000, [], []));
    }

    /// <summary>Screens all of it and asks whose context is worth its price.</summary>
    /// <returns>VMs that call for triage.</returns>
    [Benchmark]
    public int Screen150000Windows()
    {
        var suspicious = 0;
        for (var vm = 0; vm < Vms; vm++)
        {
            var facts = FactsOf();
            suspicious += Attention.Of(facts, CpuOf(vm), Screened(facts, vm), Now) == ContextNeed.None ? 0 : 1;
        }

        return suspicious;
    }

    /// <summary>Screen, slow path, attention, and the numbers of three metrics' windows for every VM; where one of them stands out, or the VM may be idle, triage and all verdicts.</summary>
    /// <returns>VMs that are found to be anything.</returns>
    [Benchmark]
    public int AllDetectors150000Windows()
    {
        var found = 0;
        for (var vm = 0; vm < Vms; vm++)
        {
            var facts = FactsOf();
            var cpu = CpuOf(vm);
            var network = new MetricWindow(Start, 300, _network.AsSpan(vm * Points, Points));
            var screen = Screened(facts, vm);
            var hypervisor = HypervisorFacts.Of(cpu, network, network);
            var idle = hypervisor.HourCpuP95 < _options.Idle.CpuPercent && hypervisor.HourNetworkMax < _options.Idle.NetworkBytes;
            if (Attention.Of(facts, cpu, screen, Now) == ContextNeed.None && !idle)
            {
                continue;
            }

            foreach (var finding in Judgement.Of(new CaseFacts(facts, Now, hypervisor, Triaged(facts, screen), _guest, ConsoleReading.Absent), _options, idle))
            {
                found += finding.Verdict == Verdict.Clear ? 0 : 1;
            }
        }

        return found;
    }

    /// <summary>All verdicts over 150,000 VMs of which nothing stands out, as if every one were asked about.</summary>
    /// <returns>Findings.</returns>
    [Benchmark]
    public int Verdicts150000QuietVms()
    {
        var facts = CaseFacts.OfMetrics(FactsOf(), Now, HypervisorFacts.Of(CpuOf(1)));
        var findings = 0;
        for (var vm = 0; vm < Vms; vm++)
        {
            findings += Judgement.Of(facts, _options).Count;
        }

        return findings;
    }

    private bool IsHigh(int vm) => PlateauOneIn > 0 && vm % PlateauOneIn == 0;

    private static VmFacts FactsOf() => new("i-0123456789abcdef0", "m5.large", 2, Now.AddDays(-9), Ok);

    private MetricWindow CpuOf(int vm) => new(Start, 300, _cpu.AsSpan(vm * Points, Points));

    private ScreenResult Screened(in VmFacts facts, int vm) => Screen.Judge(facts, CpuOf(vm),
        new Baseline(_means.AsSpan(vm * Baseline.Hours, Baseline.Hours), _p95s.AsSpan(vm * Baseline.Hours, Baseline.Hours), Now.ToUnixTimeSeconds() / 3600), Now, _options.Screen);

    private TriageResult Triaged(in VmFacts facts, in ScreenResult screen)
    {
        var start = Now.AddHours(-48);
        return Triage.Judge(facts, new ContextWindows
        {
            Cpu = new MetricWindow(start, 300, _contextCpu), NetworkIn = new MetricWindow(start, 300, _contextNetwork), NetworkOut = new MetricWindow(start, 300, _contextNetwork),
        }, screen, Now, _options.Triage);
    }
}
