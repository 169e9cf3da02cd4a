using System.Globalization;

namespace Watchdog.Cli.Doctor;

/// <summary>Judges how far two clocks are apart.</summary>
internal static class ClockWords
{
    /// <summary>Holds up to the bound.</summary>
    /// <param name="skew">This machine's clock less the other one.</param>
    public static Check Of(string name, string? scope, TimeSpan skew, TimeSpan most, string other)
    {
        var apart = string.Create(CultureInfo.InvariantCulture,
            $"this machine's clock is {skew.Duration().TotalSeconds:F1} s {(skew < TimeSpan.Zero ? "behind" : "ahead of")} that of {other}; {most.TotalSeconds:F0} s are allowed");
        return skew.Duration() <= most ? Check.Ok(name, scope, apart) : Check.Wrong(name, scope, apart,
            $"timedatectl set-ntp true   # here, or on {other}; then look again");
    }
}
