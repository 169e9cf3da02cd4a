using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Screening;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Replaying;

/// <summary>
/// Replays one VM period by period through the worker's own stages, detectors and episodes. At each instant only periods that have ended
/// (and, as a worker, been published) are visible; a finer recording is judged at the worker's 300 s; context metrics are read only where <see cref="Attention"/> asks for them.
/// </summary>
public sealed class VmReplayer
{
    private static readonly FindingClass[] Classes = [FindingClass.Miner, FindingClass.Runaway, FindingClass.ForkBomb, FindingClass.Panic, FindingClass.Idle];

    private readonly RecordedVm _recorded;
    private readonly ReplayOptions _options;
    private readonly RecordedCohorts? _cohorts;
    private readonly float[] _means = new float[Baseline.Hours];
    private readonly float[] _p95s = new float[Baseline.Hours];
    private readonly EpisodeState[] _episodes = new EpisodeState[Classes.Length];
    private readonly int[] _open = new int[Classes.Length];
    private readonly List<Alarm> _alarms = [];
    private long _endHour;
    private bool _suspected;
    private DateTimeOffset _due;

    /// <summary>Prepares a replay.</summary>
    /// <param name="cohorts">What VMs of the same type had shown by then; null when nobody knows.</param>
    /// <exception cref="ArgumentException">A column's length is neither 0 nor the recording's.</exception>
    public VmReplayer(RecordedVm recorded, ReplayOptions options, RecordedCohorts? cohorts = null)
    {
        foreach (var column in (float[][])[recorded.Cpu, recorded.NetworkIn, recorded.NetworkOut, recorded.DiskReads, recorded.DiskWrites,
            recorded.Credits, recorded.Surplus, recorded.StatusCheckFailed])
        {
            if (column.Length != 0 && column.Length != recorded.Periods)
            {
                throw new ArgumentException($"A column of {recorded.Vm.InstanceId} has {column.Length} periods, the recording {recorded.Periods}.", nameof(recorded));
            }
        }

        _recorded = Resample.ToFiveMinutes(recorded);
        _options = options;
        _cohorts = cohorts;
        _means.AsSpan().Fill(float.NaN);
        _p95s.AsSpan().Fill(float.NaN);
    }

    /// <summary>Replays all of it.</summary>
    /// <returns>The alarms in the order of their opening.</returns>
    public IReadOnlyList<Alarm> Run()
    {
        var delay = _options.AsWorker ? _options.DelayMinutes : 0;
        for (var visible = 1; visible <= _recorded.Periods; visible++)
        {
            Step(visible, _recorded.Start.AddSeconds((double)visible * _recorded.PeriodSeconds).AddMinutes(delay));
        }

        return _alarms;
    }

    private void Step(int visible, DateTimeOffset now)
    {
        // Status checks are asked of EC2 and not published late.
        var asked = (int)((now - _recorded.Start).TotalSeconds / _recorded.PeriodSeconds);
        var vm = _recorded.Vm with { Status = RecordedStatus.At(_recorded, asked) };
        var failing = vm.Status is { Instance: CheckState.Impaired };
        if (_options.AsWorker && now < _due && !failing)
        {
            return;
        }

        var cpu = Window(_recorded.Cpu, visible, 3);
        var baseline = new Baseline(_means, _p95s, _endHour);
        var screen = Screen.Judge(vm, cpu, baseline, now, _options.Detectors.Screen);
        if (_cohorts is not null && Screen.AsksCohort(vm, screen, now, _options.Detectors.Screen))
        {
            screen = Screen.Judge(vm, cpu, baseline, now, _options.Detectors.Screen, _cohorts.At(vm, now, _options.Detectors.Screen));
        }

        var facts = Look(vm, cpu, screen, visible, now);
        var open = Judgement.Leading(Array.FindAll(Classes, IsOpen));
        foreach (var finding in Judgement.Of(facts, _options.Detectors, _options.Idle, open))
        {
            Take(finding, now, cpu.End);
        }

        _suspected = facts.Triage is { Outcome: TriageOutcome.Suspicion };
        _endHour = BaselineRoll.Roll(_means, _p95s, _endHour, cpu, now, frozen: _suspected || IsOpen(FindingClass.Miner) || IsOpen(FindingClass.Runaway));
        var watched = screen.Outcome is not ScreenOutcome.Quiet || _open.Any(static index => index > 0)
            || (vm.LaunchTime is { } launch && now < launch.AddHours(_options.YoungHours));
        _due = now.AddMinutes(watched ? _options.HotCadenceMinutes : _options.QuietCadenceMinutes).AddSeconds(-1);
    }

    private CaseFacts Look(VmFacts vm, MetricWindow cpu, in ScreenResult screen, int visible, DateTimeOffset now)
    {
        var need = Attention.Of(vm, cpu, screen, now);
        if (need == ContextNeed.None)
        {
            var quiet = HypervisorFacts.Of(cpu);
            var mayIdle = _options.Idle && quiet.HourCpuP95 < _options.Detectors.Idle.CpuPercent;
            return CaseFacts.OfMetrics(vm, now, mayIdle ? HypervisorFacts.Of(cpu, Window(_recorded.NetworkOut, visible, 3), Window(_recorded.NetworkIn, visible, 3)) : quiet);
        }

        var context = new ContextWindows
        {
            Cpu = Window(_recorded.Cpu, visible, 48),
            NetworkIn = Window(_recorded.NetworkIn, visible, 48),
            NetworkOut = Window(_recorded.NetworkOut, visible, 48),
            DiskReads = Window(_recorded.DiskReads, visible, 48),
            DiskWrites = Window(_recorded.DiskWrites, visible, 48),
            Credits = Window(_recorded.Credits, visible, 48),
            Surplus = Window(_recorded.Surplus, visible, 48),
        };
        var triage = need.HasFlag(ContextNeed.Plateau) ? Triage.Judge(vm, context, screen, now, _options.Detectors.Triage) : null;
        return CaseFacts.OfMetrics(vm, now, HypervisorFacts.Of(context.Cpu, context.NetworkOut, context.NetworkIn, context.DiskWrites), triage);
    }

    private void Take(Finding finding, DateTimeOffset now, DateTimeOffset seenUntil)
    {
        var slot = Array.IndexOf(Classes, finding.Class);
        if (slot < 0)
        {
            return;
        }

        var step = EpisodeRule.Next(_episodes[slot], finding.Verdict, now, EpisodeOptions.For(finding.Class));
        _episodes[slot] = step.State;
        if (step.Change == EpisodeChange.Opened)
        {
            _alarms.Add(new Alarm(_recorded.Vm.InstanceId, finding.Class, now, null, finding.Score, finding.Reason) { SeenUntil = seenUntil });
            _open[slot] = _alarms.Count;
        }
        else if (step.Change == EpisodeChange.Closed)
        {
            _alarms[_open[slot] - 1] = _alarms[_open[slot] - 1] with { ClosedAt = now };
            _open[slot] = 0;
        }
    }

    private bool IsOpen(FindingClass @class) => _episodes[Array.IndexOf(Classes, @class)].IsOpen;

    private MetricWindow Window(float[] column, int visible, double hours)
        => _recorded.Window(column, Math.Max(0, visible - (int)(hours * 3600 / _recorded.PeriodSeconds)), visible);
}
