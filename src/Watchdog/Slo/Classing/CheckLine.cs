using Watchdog.Detectors.Facts;
using Watchdog.Slo.History;
using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Classing;

/// <summary>A VM's status checks: the reading in force at each minute, and the impairments that readings date back.</summary>
internal sealed class CheckLine
{
    private readonly Line<CheckFact> _readings;
    private readonly int[] _from;
    private readonly List<Claim> _claims = [];

    public CheckLine(IReadOnlyList<CheckFact> recorded, PowerLine power, MinuteRules rules)
    {
        _readings = Line<CheckFact>.Of(recorded, fact => fact.SeenAt);
        _from = new int[_readings.Count];
        for (var i = 0; i < _readings.Count; i++)
        {
            var reading = _readings[i];
            _from[i] = _readings.FromMin(i);
            if (power.UpSpellAt(reading.SeenAt) is not { } spell)
            {
                continue;
            }

            // The listing shows a boot up to a minute after it began: its first reading, unless it is an impairment, speaks for all of the boot.
            var first = i == 0 || _readings[i - 1].SeenAt < spell.Begin;
            if (spell.Lasts && first && !HostFails(reading) && !GuestFails(reading) && reading.SeenAt - spell.Begin < rules.BootGrace)
            {
                _from[i] = Minute.Of(spell.Begin);
            }

            if (reading.ImpairedSince is { } since && since < reading.SeenAt && (HostFails(reading) || GuestFails(reading)))
            {
                var from = Math.Max(Minute.Of(since), Minute.Of(spell.Begin));
                if (from < _readings.FromMin(i))
                {
                    _claims.Add(new(reading, from, _readings.FromMin(i)));
                }
            }
        }
    }

    /// <summary>Whether the host or a volume fails its check.</summary>
    public static bool HostFails(CheckFact reading) => reading.System == CheckState.Impaired || reading.Ebs == CheckState.Impaired;

    /// <summary>Whether the guest fails its check.</summary>
    public static bool GuestFails(CheckFact reading) => reading.Instance == CheckState.Impaired;

    /// <summary>The reading in force at the minute's end; null before the first.</summary>
    public CheckFact? At(int minute)
    {
        var index = Array.BinarySearch(_from, minute);
        // Of several that begin in one minute the last counts.
        index = index < 0 ? ~index - 1 : index;
        while (index >= 0 && index + 1 < _from.Length && _from[index + 1] <= minute)
        {
            index++;
        }

        return index < 0 ? null : _readings[index];
    }

    /// <summary>The last reading that dates such a failure back over the minute; null when none does.</summary>
    public CheckFact? DatedBack(int minute, Func<CheckFact, bool> fails)
    {
        for (var i = _claims.Count - 1; i >= 0 && _claims[i].ToMin > minute; i--)
        {
            if (_claims[i].FromMin <= minute && fails(_claims[i].Reading))
            {
                return _claims[i].Reading;
            }
        }

        return null;
    }

    /// <summary>Adds the minutes at which anything here changes.</summary>
    public void AddPoints(List<int> points)
    {
        points.AddRange(_from);
        foreach (var claim in _claims)
        {
            points.Add(claim.FromMin);
            points.Add(claim.ToMin);
        }

        for (var i = 0; i < _readings.Count; i++)
        {
            foreach (var announced in HostFails(_readings[i]) ? _readings[i].Events : [])
            {
                points.Add(announced.NotBefore is { } begin ? Minute.Of(begin) : int.MinValue);
                points.Add(announced.NotAfter is { } end ? Minute.Of(end) : int.MinValue);
            }
        }
    }

    private readonly record struct Claim(CheckFact Reading, int FromMin, int ToMin);
}
