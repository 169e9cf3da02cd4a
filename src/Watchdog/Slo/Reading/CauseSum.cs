using Watchdog.Slo.Minutes;

namespace Watchdog.Slo.Reading;

/// <summary>Adds minutes up by cause.</summary>
internal sealed class CauseSum
{
    private readonly Dictionary<Cause, long> _minutes = [];
    private long _reached;
    private long _silent;

    public void Add(Cause cause, long minutes, long reached, long silent)
    {
        _minutes[cause] = _minutes.GetValueOrDefault(cause) + minutes;
        _reached += reached;
        _silent += silent;
    }

    /// <summary>The sums so far, a copy.</summary>
    public CauseMinutes Total()
    {
        var tally = default(Tally);
        foreach (var (cause, minutes) in _minutes)
        {
            tally += Causes.ClassOf(cause) switch
            {
                MinuteClass.Good => new(minutes, 0, 0, 0),
                MinuteClass.Bad => new(0, minutes, 0, 0),
                MinuteClass.Excluded => new(0, 0, minutes, 0),
                _ => new Tally(0, 0, 0, minutes),
            };
        }

        return new(new Dictionary<Cause, long>(_minutes), tally, new(_reached, _silent));
    }
}
