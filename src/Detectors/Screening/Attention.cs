using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Features;

namespace Watchdog.Detectors.Screening;

/// <summary>Why a VM's context metrics are worth their price.</summary>
[Flags]
public enum ContextNeed
{
    /// <summary>They are not.</summary>
    None = 0,
    /// <summary>A suspicious plateau: all of them, 48 h.</summary>
    Plateau = 1,
    /// <summary>A status check fails: NetworkOut.</summary>
    Health = 2,
    /// <summary>CPU went to its ceiling in one sample within the last hour: NetworkOut.</summary>
    Ceiling = 4,
}

/// <summary>Decides who gets the second look.</summary>
public static class Attention
{
    /// <summary>What to ask CloudWatch for, from what the screen and the free status checks say.</summary>
    /// <param name="vm">The VM with its status.</param>
    /// <param name="cpu">The screen's window.</param>
    /// <param name="screen">The screen's answer.</param>
    /// <param name="now">The instant of judgement.</param>
    public static ContextNeed Of(in VmFacts vm, MetricWindow cpu, in ScreenResult screen, DateTimeOffset now)
    {
        var need = screen.Suspicious ? ContextNeed.Plateau : ContextNeed.None;
        if (vm.Status is { Instance: CheckState.Impaired } or { System: CheckState.Impaired } or { Ebs: CheckState.Impaired })
        {
            need |= ContextNeed.Health;
        }

        if (Step.CeilingAt(cpu) is { } at && now - at <= TimeSpan.FromHours(1))
        {
            need |= ContextNeed.Ceiling;
        }

        return need;
    }
}
