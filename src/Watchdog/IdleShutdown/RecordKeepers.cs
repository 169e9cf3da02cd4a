using System.Globalization;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Idle;
using Watchdog.Detectors.Mining;

namespace Watchdog.IdleShutdown;

/// <summary>What keeps a VM by what inventory and the ledger know: asked first, since it costs nothing. Pure.</summary>
public static class RecordKeepers
{
    /// <summary>Every keeper.</summary>
    public static IEnumerable<Keeper> Of(IdleRecord record, DateTimeOffset now, IdlePolicy policy, IdleOptions detector)
    {
        if (record.State != "running")
        {
            yield return new("state", $"It is {record.State}.");
        }

        foreach (var keeper in Ruled(now, policy))
        {
            yield return keeper;
        }

        foreach (var keeper in Tagged(record, now, policy))
        {
            yield return keeper;
        }

        if (record.Held is { } hold && hold.Until > now)
        {
            yield return new("hold", $"A hold keeps it until {At(hold.Until)}: {Told.Of(hold.Reason)}.", hold.Until);
        }

        if (record.OpenCase is { } of)
        {
            yield return new("case", $"Case {of} is open.");
        }
        else if (record.Suspected)
        {
            yield return new("suspected", "A suspicion about it is being looked into.");
        }

        foreach (var keeper in Young(record, now, policy, detector))
        {
            yield return keeper;
        }

        if (record.AutoScalingGroup is { } group)
        {
            yield return new("autoscaling", $"It belongs to Auto Scaling group {Told.Of(group)}, which would replace it.");
        }

        if (record.Lifecycle == "spot")
        {
            yield return new("spot", "It is a spot instance: a stop does not hold it.");
        }

        if (record.Status is not { } status)
        {
            yield return new("health-unknown", "Its status checks were not listed lately.");
        }
        else if (status.Instance != CheckState.Ok || status.System != CheckState.Ok || status.Ebs is CheckState.Impaired or CheckState.Initializing)
        {
            yield return new("health", "A status check does not pass: a VM that is ill is not idle.");
        }
    }

    private static IEnumerable<Keeper> Ruled(DateTimeOffset now, IdlePolicy policy)
    {
        if (policy.Rivals is { } rivals)
        {
            yield return new("policies", $"Policies {string.Join(" and ", rivals)} are for it alike: which one holds, nobody knows. Take one of them off it.");
        }
        else if (policy.Off)
        {
            yield return new("policy-off", $"Policy {policy.Name} keeps it on.");
        }

        if (policy.Quiet is { } quiet && quiet.EndOf(now) is { } end)
        {
            yield return new("quiet-hours", $"Quiet hours ({quiet.Words}) last until {At(end)}.", end);
        }
    }

    private static IEnumerable<Keeper> Tagged(IdleRecord record, DateTimeOffset now, IdlePolicy policy)
    {
        if (record.Tags.TryGetValue(policy.Tags.OptOut, out var keep) && !string.Equals(keep, "false", StringComparison.OrdinalIgnoreCase))
        {
            yield return new("opt-out", $"Tag {policy.Tags.OptOut} keeps it.");
        }

        if (record.Tags.TryGetValue(policy.Tags.KeepUntil, out var text))
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
            {
                yield return new("keep-until", $"Tag {policy.Tags.KeepUntil} holds no instant ('{Told.Of(text)}'), and keeps it until somebody mends that.");
            }
            else if (until > now)
            {
                yield return new("keep-until", $"Tag {policy.Tags.KeepUntil} keeps it until {At(until)}.", until);
            }
        }

        if (record.Tags.TryGetValue(policy.Tags.Job, out var job))
        {
            yield return new("job", $"A job is declared ({policy.Tags.Job}={Told.Of(job)}).");
        }
    }

    private static IEnumerable<Keeper> Young(IdleRecord record, DateTimeOffset now, IdlePolicy policy, IdleOptions detector)
    {
        var grown = record.LaunchTime.AddMinutes(Math.Max(policy.MinimumUptime.TotalMinutes, detector.BootGraceMinutes));
        // A launch in the future belongs to a clock that jumped: nothing is known of its age.
        if (now < grown)
        {
            yield return new("uptime", FormattableString.Invariant($"It started at {At(record.LaunchTime)}: it is left alone until {At(grown)}."), grown);
        }

        // It may have been started long before its people come: EC2 starts few at a time.
        if (record.WokenFor + policy.StartGrace is { } woken && now < woken)
        {
            yield return new("woken", $"Its schedule started it for {At(record.WokenFor!.Value)}: it is left alone until {At(woken)}.", woken);
        }

        if (record.StartedAgain && record.LaunchTime + policy.StartGrace is var grace && now < grace)
        {
            yield return new("started-again", $"Somebody started it again after an idle stop: it is left alone until {At(grace)}.", grace);
        }
    }

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
