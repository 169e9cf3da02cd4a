using System.Globalization;
using System.Reflection;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detection;

/// <summary>Holds every threshold to what its unit allows; the unit is the end of its name.</summary>
internal static class DetectorRanges
{
    private static readonly (string End, double Min, double Max)[] Units =
    [
        ("PercentHours", 1, 2400), ("Percent", 0, 100), ("Share", 0, 1), ("Ratio", 0, 1), ("Quantile", 0, 1), ("Tolerance", 0, 1), ("Confirm", 0.5, 1),
        ("Suspect", 0, 1), ("Points", 1, 100), ("PlateauHigh", 1, 100), ("Hours", 0, 48), ("HoursBefore", 0, 48), ("Minutes", 0, 1440), ("OldSeconds", 60, 864_000),
    ];

    /// <summary>What is wrong, all of it; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(DetectorOptions rules, string name)
    {
        List<string> faults = [];
        Walk(rules, name, faults);
        if (rules.Screen is { } screen && screen.PlateauHigh > screen.PlateauPoints)
        {
            faults.Add(FormattableString.Invariant($"{name}:Screen:PlateauHigh is {screen.PlateauHigh}; it must be at most PlateauPoints ({screen.PlateauPoints})."));
        }

        return faults;
    }

    private static void Walk(object part, string path, List<string> faults)
    {
        foreach (var property in part.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{path}:{property.Name}";
            switch (property.GetValue(part))
            {
                case null:
                    faults.Add($"{key} is null; leave it out for its default.");
                    break;
                case VerdictOptions { Suspect: var suspect, Confirm: var confirm } when suspect > confirm:
                    faults.Add(FormattableString.Invariant($"{key}:Suspect is {suspect}; it must be at most Confirm ({confirm})."));
                    break;
                case IConvertible value:
                    Number(key, property.Name, value.ToDouble(CultureInfo.InvariantCulture), faults);
                    break;
                case { } nested:
                    Walk(nested, key, faults);
                    break;
            }
        }
    }

    private static void Number(string key, string name, double value, List<string> faults)
    {
        var (_, min, max) = Units.FirstOrDefault(unit => name.EndsWith(unit.End, StringComparison.Ordinal), ("", 0, 1e9));
        if (!(value >= min && value <= max))
        {
            faults.Add(FormattableString.Invariant($"{key} is {value}; it must be {min} to {max}."));
        }
    }
}
