using System.Globalization;
using Watchdog.FleetSim;

namespace Watchdog.Cli;

/// <summary>Faults of the simulated Region by their words on the command line.</summary>
internal static class FaultSwitches
{
    private static readonly Dictionary<string, Action<Faults, double>> Switches = new(StringComparer.Ordinal)
    {
        ["throttle"] = (faults, share) => faults.ThrottleShare = share,
        ["error500"] = (faults, share) => faults.ServerErrorShare = share,
        ["error503"] = (faults, share) => faults.UnavailableShare = share,
        ["drop"] = (faults, share) => faults.DropShare = share,
        ["late-drop"] = (faults, share) => faults.LateDropShare = share,
        ["hang"] = (faults, share) => faults.HangShare = share,
        ["truncate"] = (faults, share) => faults.TruncateShare = share,
        ["garbage"] = (faults, share) => faults.GarbageShare = share,
        ["partial-data"] = (faults, share) => faults.PartialDataShare = share,
        ["missing-point"] = (faults, share) => faults.MissingPointShare = share,
        ["no-capacity"] = (faults, share) => faults.NoCapacityShare = share,
        ["no-hibernation"] = (faults, share) => faults.NoHibernationShare = share,
    };

    /// <summary>The words, for help texts.</summary>
    public static IEnumerable<string> Names => Switches.Keys;

    /// <summary>Lets the faults that <c>KIND=SHARE</c> texts name begin after a while and end again; ends when nothing is left to do.</summary>
    /// <param name="from">Until they begin.</param>
    /// <param name="length">How long they last; zero: to the end.</param>
    /// <exception cref="UsageException">A text is not of that form; thrown at once.</exception>
    public static Task PlayAsync(Faults faults, IReadOnlyList<string> texts, TimeSpan from, TimeSpan length, TimeProvider clock, CancellationToken ct)
    {
        Set(new Faults(), texts);
        return BeginAndEndAsync();

        async Task BeginAndEndAsync()
        {
            if (from > TimeSpan.Zero)
            {
                await Task.Delay(from, clock, ct);
            }

            Set(faults, texts);
            if (length > TimeSpan.Zero)
            {
                await Task.Delay(length, clock, ct);
                Set(faults, texts.Select(text => text[..(text.IndexOf('=', StringComparison.Ordinal) + 1)] + "0"));
            }
        }
    }

    /// <summary>Sets the faults that <c>KIND=SHARE</c> texts name.</summary>
    /// <exception cref="UsageException">A text is not of that form.</exception>
    public static void Set(Faults faults, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (!Switches.TryGetValue(parts[0], out var set))
            {
                throw new UsageException($"--fault {text}: '{parts[0]}' is none of {string.Join(", ", Names)}.");
            }

            if (parts.Length < 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (>= 0 and <= 1))
            {
                throw new UsageException($"--fault {text}: write {parts[0]}=SHARE with a share from 0 to 1, e.g. {parts[0]}=0.05.");
            }

            set(faults, share);
        }
    }
}
