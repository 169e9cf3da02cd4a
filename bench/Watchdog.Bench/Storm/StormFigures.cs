using Watchdog.Bench.Fleet;

namespace Watchdog.Bench.Storm;

/// <summary>The fleet at one minute of fleet time.</summary>
/// <param name="Minute">Since the first boot of the storm; negative before it.</param>
/// <param name="Running">VMs that run, by the Region.</param>
/// <param name="Seen">VMs that the worker knows to run.</param>
/// <param name="Judged">Of them, those whose last screen had data.</param>
internal sealed record StormMinute(int Minute, int Running, long Seen, long Judged)
{
    /// <summary>Share of the running VMs that are judged; the worker cannot judge what it has not listed.</summary>
    public double Coverage => Running == 0 ? 1 : Math.Min(1, Judged / (double)Running);
}

/// <summary>A part of the play.</summary>
/// <param name="Minutes">Its length in fleet time.</param>
/// <param name="PeakRss">Largest resident set of the process within it, bytes.</param>
/// <param name="Heap">Managed heap at its end, after a full collection, bytes.</param>
/// <param name="Wall">Seconds that it took.</param>
/// <param name="Calls">Calls by action.</param>
internal sealed record StormPhase(string Name, int Minutes, long PeakRss, long Heap, double Wall, IReadOnlyDictionary<string, long> Calls);

/// <summary>The busiest minute of one of the Region's buckets.</summary>
/// <param name="Tokens">Tokens taken in it.</param>
/// <param name="Budget">The worker's share of the bucket and of a minute's refill.</param>
internal sealed record BusiestMinute(string Bucket, double Tokens, double Budget);

/// <summary>A storm of boots, as it was played.</summary>
/// <param name="LastBoot">Minutes after the first boot.</param>
/// <param name="Publishable">Minutes after the first boot at which the last boot's first period is published at the latest.</param>
/// <param name="Verdicts">Episodes, cases and acts on VMs that booted.</param>
internal sealed record StormRun(
    int Standing, int Booting, double LastBoot, double Publishable, IReadOnlyList<StormMinute> Minutes, IReadOnlyList<StormPhase> Phases,
    IReadOnlyList<BusiestMinute> Buckets, long Refused, long Verdicts, int Failures, Machine Machine, string LoadBefore, string LoadAfter)
{
    /// <summary>The minute from which on 99 % of the running VMs are judged to the end; null where that never came.</summary>
    public int? CoveredFrom
    {
        get
        {
            var gap = Minutes.LastOrDefault(minute => minute.Coverage <= 0.99);
            return gap is null ? Minutes[0].Minute : Minutes.FirstOrDefault(minute => minute.Minute > gap.Minute)?.Minute;
        }
    }
}
