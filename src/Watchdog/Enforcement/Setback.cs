namespace Watchdog.Enforcement;

/// <summary>What to do after a call did not succeed.</summary>
public enum SetbackStep
{
    /// <summary>Put the act off and try again.</summary>
    Retry,
    /// <summary>End the act as failed.</summary>
    Fail,
    /// <summary>The VM is gone: end the act, close the case.</summary>
    Gone,
    /// <summary>AWS denies us: put the act off and stop this scope's acts for this run.</summary>
    StopLane,
}

/// <summary>The decision after an error, with its reason; pure.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Wait">How long to wait, for <see cref="SetbackStep.Retry"/> and <see cref="SetbackStep.StopLane"/>.</param>
/// <param name="Counts">Whether it counts towards <see cref="EnforcementOptions.MostSetbacks"/>.</param>
/// <param name="Reason">With AWS's own code.</param>
public sealed record Setback(SetbackStep Step, TimeSpan Wait, bool Counts, string Reason)
{
    /// <summary>Decides.</summary>
    /// <param name="error">What the actuator said.</param>
    /// <param name="setbacks">Setbacks of the act so far.</param>
    public static Setback After(ActuatorException error, int setbacks, EnforcementOptions options) => error.Error switch
    {
        ActuatorError.Gone => new(SetbackStep.Gone, TimeSpan.Zero, true, $"the VM is gone ({error.Message})"),
        ActuatorError.Configuration => new(SetbackStep.Fail, TimeSpan.Zero, true, $"the set-up needs mending: {error.Message}"),
        ActuatorError.Denied => new(SetbackStep.StopLane, TimeSpan.FromSeconds(options.DeniedRestSeconds), false,
            $"AWS denies it: {error.Message}. Give the permission that the step names; the act goes on by itself"),
        _ when setbacks + 1 >= options.MostSetbacks => new(SetbackStep.Fail, TimeSpan.Zero, true,
            $"given up after {setbacks + 1} setbacks, the last: {error.Message}"),
        _ => new(SetbackStep.Retry, Backoff(setbacks, options), true, error.Message),
    };

    private static TimeSpan Backoff(int setbacks, EnforcementOptions options) =>
        TimeSpan.FromSeconds(Math.Min(options.LongestRetrySeconds, options.FirstRetrySeconds * Math.Pow(2, Math.Min(setbacks, 20))));
}
