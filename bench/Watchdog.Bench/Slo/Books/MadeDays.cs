using Watchdog.Slo.Minutes;

namespace Watchdog.Bench.Slo.Books;

/// <summary>One row of the books, before it is cut at the watermark.</summary>
internal readonly record struct MadeSpan(int Vm, int From, int To, Cause Cause, AgentSeen Agent);

/// <summary>
/// What made-up VMs go through: four spans a day of a VM (it boots, comes up well or badly, serves, and is stopped), each VM at its own hour.
/// </summary>
internal static class MadeDays
{
    /// <summary>The spans that begin in the VM's own day, which begins at its hour of the fleet's day <paramref name="day"/>; gapless.</summary>
    public static void Add(List<MadeSpan> spans, int vm, int day, int start)
    {
        var hour = Draw.Of(vm, -2).Next(Minute.Day);
        if (day == 0 && hour > 0)
        {
            spans.Add(new(vm, start, start + hour, Cause.User, AgentSeen.Unknown));
        }

        var draw = Draw.Of(vm, day);
        var at = start + (day * Minute.Day) + hour;
        var next = at + Minute.Day;
        Take(2 + draw.Next(7), Cause.Boot);
        var (cause, minutes) = ComingUp(ref draw);
        Take(minutes, cause);
        var serving = 240 + draw.Next(720);
        spans.Add(new(vm, at, at + serving, Cause.Ok, draw.Next(40) == 0 ? AgentSeen.Silent : AgentSeen.Reached));
        at += serving;
        Take(next - at, Stopped(ref draw));

        void Take(int length, Cause cause)
        {
            spans.Add(new(vm, at, at + length, cause, AgentSeen.Unknown));
            at += length;
        }
    }

    // Of 10,000 starts.
    private static (Cause Cause, int Minutes) ComingUp(ref Draw draw) => draw.Next(10_000) switch
    {
        < 400 => (Cause.Guest, 2 + draw.Next(40)),
        < 600 => (Cause.Provider, 2 + draw.Next(60)),
        < 750 => (Cause.BootSlow, 1 + draw.Next(15)),
        < 755 => (Cause.Maintenance, 10 + draw.Next(50)),
        755 => (Cause.WatchdogFalsePositive, 30 + draw.Next(120)),
        < 770 => (Cause.WatchdogUnruledYet, 30 + draw.Next(400)),
        < 1_000 => (Cause.ProviderNoData, 2 + draw.Next(10)),
        // Well, but for an agent that is not there yet.
        _ => (Cause.Ok, 1 + draw.Next(4)),
    };

    // Of 10,000 ends of use.
    private static Cause Stopped(ref Draw draw) => draw.Next(10_000) switch
    {
        < 6_000 => Cause.User,
        < 9_960 => Cause.WatchdogIdle,
        < 9_980 => Cause.WatchdogQuarantine,
        < 9_998 => Cause.Spot,
        _ => Cause.StopUnexplained,
    };
}
