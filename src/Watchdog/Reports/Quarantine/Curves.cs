using Watchdog.Detection;

namespace Watchdog.Reports.Quarantine;

/// <summary>A metric around a decision, on a grid of five minutes; absent points are NaN and drawn as gaps.</summary>
/// <param name="Name">What it is, e.g. <c>CPU</c>.</param>
/// <param name="Unit"><c>%</c>, <c>B</c> for bytes a period, <c>ops</c> for operations a period, <c>credits</c>.</param>
/// <param name="Start">The first period.</param>
/// <param name="Values">One a period.</param>
public sealed record Curve(string Name, string Unit, DateTimeOffset Start, float[] Values)
{
    /// <summary>Whether any point is known.</summary>
    public bool HasData => Values.AsSpan().ContainsAnyExcept(float.NaN);

    /// <summary>How many points are known.</summary>
    public int Known => Values.Count(float.IsFinite);
}

/// <summary>What is known of a case's VM in numbers, from 24 hours before the decision to two hours after.</summary>
/// <param name="DecidedAt">The decision.</param>
/// <param name="Cpu">Percent.</param>
/// <param name="NetworkIn">Bytes a period.</param>
/// <param name="NetworkOut">Bytes a period.</param>
/// <param name="Disk">Operations a period.</param>
/// <param name="Credits">CPU credits left; not every type has any.</param>
public sealed record Curves(DateTimeOffset DecidedAt, Curve Cpu, Curve NetworkIn, Curve NetworkOut, Curve Disk, Curve Credits)
{
    /// <summary>The grid.</summary>
    public const int PeriodSeconds = 300;

    /// <summary>Periods in a curve: 26 hours.</summary>
    public const int Periods = 26 * 3600 / PeriodSeconds;

    private static readonly TimeSpan Before = TimeSpan.FromHours(24);

    /// <summary>The start of the grid around a decision.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset decided) =>
        DateTimeOffset.FromUnixTimeSeconds((decided - Before).ToUnixTimeSeconds() / PeriodSeconds * PeriodSeconds);

    /// <summary>All absent.</summary>
    public static Curves Absent(DateTimeOffset decided)
    {
        var start = StartOf(decided);
        return new(decided, Of("CPU", "%"), Of("network in", "B"), Of("network out", "B"), Of("disk", "ops"), Of("CPU credits", "credits"));

        Curve Of(string name, string unit)
        {
            var values = new float[Periods];
            values.AsSpan().Fill(float.NaN);
            return new(name, unit, start, values);
        }
    }

    /// <summary>What the evidence froze; several looks at one period agree, and the last counts.</summary>
    /// <param name="frozen">Table <c>evidence</c>'s facts, oldest first; one that cannot be read is left out.</param>
    public static Curves OfEvidence(DateTimeOffset decided, IReadOnlyList<string> frozen) => OfEvidence(decided, frozen.Select(FrozenJson.Read<Frozen>).OfType<Frozen>());

    /// <summary>The same of facts that were read already.</summary>
    public static Curves OfEvidence(DateTimeOffset decided, IEnumerable<Frozen> frozen)
    {
        var curves = Absent(decided);
        foreach (var facts in frozen)
        {
            Lay(facts.Cpu, curves.Cpu, sum: false);
            Lay(facts.NetworkIn, curves.NetworkIn, sum: true);
            Lay(facts.NetworkOut, curves.NetworkOut, sum: true);
        }

        return curves;
    }

    /// <summary>Fills in what triage had read of the day before; what the evidence itself froze stays.</summary>
    public void FillContexts(IEnumerable<KeptContext> contexts)
    {
        foreach (var context in contexts)
        {
            Fill(context.Cpu, Cpu, sum: false);
            Fill(context.NetworkIn, NetworkIn, sum: true);
            Fill(context.NetworkOut, NetworkOut, sum: true);
            Fill(context.Disk, Disk, sum: true);
            Fill(context.Credits, Credits, sum: false);
        }
    }

    /// <summary>Lays points onto a curve: finer ones are averaged, or summed where they are counts a period; coarser ones stand at their beginning.</summary>
    public static void Lay(Points? points, Curve onto, bool sum)
    {
        if (points is not { Values.Length: > 0, PeriodSeconds: > 0 })
        {
            return;
        }

        Dictionary<int, (double Total, int Count)> periods = [];
        for (var i = 0; i < points.Values.Length; i++)
        {
            var seconds = (points.Start - onto.Start).TotalSeconds + ((double)i * points.PeriodSeconds);
            var at = (int)Math.Floor(seconds / PeriodSeconds);
            if (float.IsFinite(points.Values[i]) && at >= 0 && at < onto.Values.Length)
            {
                var (total, count) = periods.GetValueOrDefault(at);
                periods[at] = (total + points.Values[i], count + 1);
            }
        }

        foreach (var (at, (total, count)) in periods)
        {
            onto.Values[at] = (float)(sum ? total : total / count);
        }
    }

    /// <summary>The same where nothing is known yet; what is known stays.</summary>
    public static void Fill(Points? points, Curve onto, bool sum)
    {
        var known = onto.Values.ToArray();
        Lay(points, onto, sum);
        for (var at = 0; at < known.Length; at++)
        {
            onto.Values[at] = float.IsNaN(known[at]) ? onto.Values[at] : known[at];
        }
    }
}
