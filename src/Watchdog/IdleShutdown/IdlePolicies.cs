using System.Globalization;
using Microsoft.Extensions.Options;
using Watchdog.Detection;
using Watchdog.IdleShutdown.Schedules;

namespace Watchdog.IdleShutdown;

/// <summary>
/// Which policy holds of a VM. The closest word wins: a policy by tag before one by owner before one by plan before the section's defaults. Two that are
/// equally close contradict each other: then nobody knows, and the VM is kept.
/// </summary>
public sealed class IdlePolicies
{
    /// <summary>The name of what the section says itself.</summary>
    public const string Default = "default";

    private readonly IReadOnlyList<(IdlePolicyOptions Match, IdlePolicy Policy)> special;

    /// <summary>Reads the section.</summary>
    /// <exception cref="FormatException">A policy cannot be read; checked at start.</exception>
    public IdlePolicies(IOptions<IdleShutdownOptions> options)
    {
        Ground = Of(options.Value, null);
        special = [.. options.Value.Policies.Select(policy => (policy, Of(options.Value, policy)))];
    }

    /// <summary>What holds where no policy matches.</summary>
    public IdlePolicy Ground { get; }

    /// <summary>Every policy, the default first.</summary>
    public IEnumerable<IdlePolicy> All => special.Select(one => one.Policy).Prepend(Ground);

    /// <summary>What the screen goes by: every VM that rests by some policy rests by this; for an hour at most, which its window shows.</summary>
    public RestLimit Widest => new((float)All.Max(policy => policy.CpuPercent), All.Select(policy => policy.Rest).Append(Resting.Longest).Min());

    /// <summary>What holds of a VM.</summary>
    public IdlePolicy Of(IdleRecord vm) => Of(vm.Owner, vm.Plan, vm.Tags);

    /// <summary>What holds of a VM with that owner, plan and tags.</summary>
    public IdlePolicy Of(string owner, string? plan, IReadOnlyDictionary<string, string> tags) => special.Count == 0 ? Ground
        : Closest(one => one.Tag is { } tag && Has(tags, tag)) ?? Closest(one => one.Owner == owner) ?? (plan is null ? null : Closest(one => one.Plan == plan)) ?? Ground;

    private IdlePolicy? Closest(Func<IdlePolicyOptions, bool> matches)
    {
        List<IdlePolicy> found = [.. special.Where(one => matches(one.Match)).Select(one => one.Policy)];
        return found switch
        {
            [] => null,
            [var one] => one,
            _ => Ground with { Schedule = null, Rivals = [.. found.Select(one => one.Name)] },
        };
    }

    private static bool Has(IReadOnlyDictionary<string, string> tags, string tag)
    {
        var equals = tag.IndexOf('=', StringComparison.Ordinal);
        return tags.TryGetValue(tag[..equals], out var value) && tag.AsSpan(equals + 1).SequenceEqual(value);
    }

    /// <summary>The section's word, and over it a policy's.</summary>
    /// <exception cref="FormatException">Hours or a zone cannot be read.</exception>
    internal static IdlePolicy Of(IdleShutdownOptions section, IdlePolicyOptions? own) => new(
        own?.Name ?? Default,
        Minutes(own?.Minutes ?? section.Minutes),
        int.TryParse(own?.WithoutAgent ?? section.WithoutAgent, NumberStyles.None, CultureInfo.InvariantCulture, out var silent) ? Minutes(silent) : null,
        own?.CpuPercent ?? section.CpuPercent,
        own?.NetworkBytesPerSecond ?? section.NetworkBytesPerSecond,
        own?.ProcessCores ?? section.ProcessCores,
        Minutes(own?.MinimumUptimeMinutes ?? section.MinimumUptimeMinutes),
        Minutes(own?.StartGraceMinutes ?? section.StartGraceMinutes),
        Minutes(own?.WarningMinutes ?? section.WarningMinutes),
        own?.UndeliveredWarning ?? section.UndeliveredWarning,
        own?.OnStop ?? section.OnStop,
        QuietSpan.Of(own?.QuietHours ?? section.QuietHours),
        ScheduleReader.Of(section, own?.Schedule ?? section.Schedule),
        own?.Off ?? false,
        new(section.OptOutTag, section.KeepUntilTag, section.JobTag));

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
