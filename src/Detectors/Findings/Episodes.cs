namespace Watchdog.Detectors.Findings;

/// <summary>One class's running state on one VM: small, and stored between sweeps.</summary>
/// <param name="OpenedAt">When the open episode was opened; null while none is open.</param>
/// <param name="Recent">The last judged findings, newest in bit 0: 1 is suspicious.</param>
/// <param name="ClearMinutes">Clear minutes gathered towards closing.</param>
/// <param name="JudgedAt">The last finding that could tell; null before the first.</param>
/// <param name="ClosedAt">When the last episode was closed; null when there was none.</param>
public readonly record struct EpisodeState(DateTimeOffset? OpenedAt, byte Recent, double ClearMinutes, DateTimeOffset? JudgedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>Whether an episode is open.</summary>
    public bool IsOpen => OpenedAt is not null;
}

/// <summary>What a finding did to the episode.</summary>
public enum EpisodeChange
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>An episode was opened.</summary>
    Opened,
    /// <summary>The open episode was closed.</summary>
    Closed,
}

/// <summary>The step's result.</summary>
/// <param name="State">The new state.</param>
/// <param name="Change">What happened.</param>
/// <param name="Reason">One sentence.</param>
public readonly record struct EpisodeStep(EpisodeState State, EpisodeChange Change, string Reason);

/// <summary>Hysteresis: k of n opens, an hour of clear findings closes, a finding that cannot tell does neither.</summary>
public static class EpisodeRule
{
    /// <summary>Takes the next finding in.</summary>
    /// <param name="state">The state so far; default at the beginning.</param>
    /// <param name="verdict">The finding's verdict.</param>
    /// <param name="now">The finding's instant. One not later than the last judged is passed over: a rerun is harmless.</param>
    /// <param name="options">Settings of the class.</param>
    public static EpisodeStep Next(in EpisodeState state, Verdict verdict, DateTimeOffset now, EpisodeOptions options)
    {
        if (verdict == Verdict.CannotTell)
        {
            return new EpisodeStep(state, EpisodeChange.None, "The finding cannot tell: it neither opens nor closes.");
        }

        if (state.JudgedAt is { } last && now <= last)
        {
            return new EpisodeStep(state, EpisodeChange.None, "The finding is not newer than the last one.");
        }

        var suspicious = verdict is Verdict.Suspicion or Verdict.Confirmed;
        var next = state with { Recent = (byte)((state.Recent << 1) | (suspicious ? 1 : 0)), JudgedAt = now };
        return state.IsOpen ? WhileOpen(next, state, suspicious, now, options) : WhileClosed(next, verdict, now, options);
    }

    private static EpisodeStep WhileOpen(in EpisodeState next, in EpisodeState state, bool suspicious, DateTimeOffset now, EpisodeOptions options)
    {
        if (suspicious)
        {
            return new EpisodeStep(next with { ClearMinutes = 0 }, EpisodeChange.None, "The episode goes on.");
        }

        var stands = state.JudgedAt is { } last ? Math.Min((now - last).TotalMinutes, options.ClearStandsForMinutes) : 0;
        var clear = state.ClearMinutes + stands;
        return clear >= options.CloseMinutes
            ? new EpisodeStep(next with { OpenedAt = null, ClearMinutes = 0, ClosedAt = now, Recent = 0 }, EpisodeChange.Closed, $"Clear for {clear:0} minutes.")
            : new EpisodeStep(next with { ClearMinutes = clear }, EpisodeChange.None, $"Clear for {clear:0} of {options.CloseMinutes:0} minutes.");
    }

    private static EpisodeStep WhileClosed(in EpisodeState next, Verdict verdict, DateTimeOffset now, EpisodeOptions options)
    {
        if (verdict == Verdict.Confirmed)
        {
            return new EpisodeStep(next with { OpenedAt = now, ClearMinutes = 0 }, EpisodeChange.Opened, "Confirmed.");
        }

        var mask = (1 << Math.Clamp(options.OpenOf, 1, 8)) - 1;
        var hits = System.Numerics.BitOperations.PopCount((uint)(next.Recent & mask));
        if (verdict != Verdict.Suspicion || hits < options.OpenAt)
        {
            return new EpisodeStep(next, EpisodeChange.None, $"{hits} of {options.OpenAt} suspicious findings among the last {options.OpenOf}.");
        }

        return next.ClosedAt is { } closed && (now - closed).TotalHours < options.QuietHours
            ? new EpisodeStep(next, EpisodeChange.None, $"Suspicious again, within {options.QuietHours:0} h of the last close.")
            : new EpisodeStep(next with { OpenedAt = now, ClearMinutes = 0 }, EpisodeChange.Opened, $"{hits} suspicious findings among the last {options.OpenOf}.");
    }
}
