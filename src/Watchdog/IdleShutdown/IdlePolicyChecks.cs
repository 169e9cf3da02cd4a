using System.Globalization;
using Watchdog.IdleShutdown.Schedules;
using static Watchdog.IdleShutdown.IdleShutdownOptions;

namespace Watchdog.IdleShutdown;

/// <summary>What is wrong with the section's policies: where, what, and how to mend it; pure.</summary>
internal static class IdlePolicyChecks
{
    private const int LongestName = 64;

    /// <summary>Every error; empty: they make sense.</summary>
    public static IEnumerable<string> Errors(IdleShutdownOptions options)
    {
        var policies = options.Policies;
        return
        [
            .. Clocks(options),
            .. Values(options, null, Section),
            .. policies.SelectMany((policy, i) => Whose(policy, At(policy, i)).Concat(Values(options, policy, At(policy, i)))),
            .. policies.GroupBy(policy => policy.Name, StringComparer.Ordinal).Where(same => same.Count() > 1)
                .Select(same => $"{Section}:Policies has {same.Count()} policies with the name '{same.Key}'; each needs a name of its own."),
            .. policies.GroupBy(policy => (policy.Tag, policy.Owner, policy.Plan)).Where(same => same.Count() > 1)
                .Select(same => $"{Section}:Policies: {string.Join(" and ", same.Select(policy => $"'{policy.Name}'"))} are for the same VMs; put them into one."),
        ];
    }

    private static IEnumerable<string> Clocks(IdleShutdownOptions options)
    {
        foreach (var (schedule, i) in options.Schedules.Select((schedule, i) => (schedule, i)))
        {
            var at = FormattableString.Invariant($"{Section}:Schedules:{i} ('{schedule.Name}')");
            if (string.IsNullOrWhiteSpace(schedule.Name) || schedule.Name == NoSchedule || options.Schedules.Count(one => one.Name == schedule.Name) > 1)
            {
                yield return $"{at}:Name must be a name of its own, and not '{NoSchedule}'.";
            }

            if (Fault(() => ScheduleReader.Of(options, schedule)) is { } fault)
            {
                yield return $"{at}: {fault}.";
            }
        }

        foreach (var (calendar, i) in options.Calendars.Select((calendar, i) => (calendar, i)))
        {
            var at = FormattableString.Invariant($"{Section}:Calendars:{i} ('{calendar.Name}')");
            if (string.IsNullOrWhiteSpace(calendar.Name) || options.Calendars.Count(one => one.Name == calendar.Name) > 1)
            {
                yield return $"{at}:Name must be a name of its own.";
            }

            if (Fault(() => ScheduleReader.DatesOf(calendar)) is { } fault)
            {
                yield return $"{at}:Dates: {fault}.";
            }
        }
    }

    private static string At(IdlePolicyOptions policy, int index) => FormattableString.Invariant($"{Section}:Policies:{index} ('{policy.Name}')");

    private static IEnumerable<string> Whose(IdlePolicyOptions policy, string at)
    {
        if (policy.Name.Trim() is not { Length: > 0 and <= LongestName } || policy.Name == IdlePolicies.Default)
        {
            yield return $"{at}:Name must be 1 to {LongestName} characters, and not '{IdlePolicies.Default}'.";
        }

        string?[] matches = [policy.Tag, policy.Owner, policy.Plan];
        if (matches.Count(match => !string.IsNullOrWhiteSpace(match)) != 1 || matches.Any(match => match is not null && string.IsNullOrWhiteSpace(match)))
        {
            yield return $"{at} must have exactly one of Tag, Owner and Plan, to say whose VMs it is for.";
        }
        else if (policy.Tag is { } tag && tag.IndexOf('=', StringComparison.Ordinal) < 1)
        {
            yield return $"{at}:Tag is '{tag}'; it must be key=value, such as env=dev.";
        }
    }

    private static IEnumerable<string> Values(IdleShutdownOptions options, IdlePolicyOptions? policy, string at)
    {
        var (minutes, silent) = (policy?.Minutes ?? options.Minutes, policy?.WithoutAgent ?? options.WithoutAgent);
        if (silent != Never && !(int.TryParse(silent, NumberStyles.None, CultureInfo.InvariantCulture, out var rest) && rest >= minutes && rest <= MostSilentMinutes))
        {
            yield return $"{at}:WithoutAgent is '{silent}'; it must be {Never} or {minutes} (Minutes) to {MostSilentMinutes} minutes.";
        }

        if (Fault(() => QuietSpan.Of(policy is null ? options.QuietHours : policy.QuietHours)) is { } fault)
        {
            yield return $"{at}:QuietHours: {fault}.";
        }

        // What is wrong with the schedule itself is told at the schedule.
        var named = policy is null ? options.Schedule : policy.Schedule;
        if (named is not null && options.Schedules.All(one => one.Name != named) && Fault(() => ScheduleReader.Of(options, named)) is { } unknown)
        {
            yield return $"{at}:Schedule: {unknown}.";
        }
    }

    private static string? Fault(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }
}
