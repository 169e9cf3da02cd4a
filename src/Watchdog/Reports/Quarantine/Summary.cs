using Watchdog.Ledger;

namespace Watchdog.Reports.Quarantine;

/// <summary>What the cases come to. Fed one by one; it keeps numbers, not cases.</summary>
public sealed class Summary
{
    private readonly SortedDictionary<string, ClassSummary> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);

    /// <summary>Cases in all.</summary>
    public int Cases { get; private set; }
    /// <summary>Cases whose acts were undone.</summary>
    public int Releases { get; private set; }
    /// <summary>Acts that were refused.</summary>
    public int Refused { get; private set; }
    /// <summary>Interfaces that stood open between two groups.</summary>
    public int Exposures { get; private set; }
    /// <summary>Seconds of the longest exposure that ended.</summary>
    public double LongestExposure { get; private set; }
    /// <summary>Seconds of all that ended.</summary>
    public double ExposedSeconds { get; private set; }
    /// <summary>Interfaces of which no cover is recorded.</summary>
    public int StillExposed { get; private set; }
    /// <summary>By class, in alphabetical order.</summary>
    public IReadOnlyCollection<ClassSummary> Classes => _classes.Values;
    /// <summary>Why acts were refused, the most frequent first; at most five.</summary>
    public IEnumerable<(string Why, int Acts)> Refusals =>
        _refusals.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Take(5).Select(r => (r.Key, r.Value));

    /// <summary>Takes a case in.</summary>
    public void Add(ReportedCase of)
    {
        Cases++;
        if (!_classes.TryGetValue(of.Case.Class, out var summary))
        {
            _classes[of.Case.Class] = summary = new ClassSummary(of.Case.Class);
        }

        var times = of.Times;
        summary.Add(of.Outcome, times, of.Ruling?.Ruling);
        Releases += of.Outcome == CaseOutcome.Released ? 1 : 0;
        foreach (var act in of.Acts.Where(act => act.Act.State == ActStates.Refused))
        {
            Refused++;
            var why = act.Act.Detail ?? act.Act.Reason;
            // Bounded: reasons that name a VM are all different.
            if (_refusals.Count < 1_000 || _refusals.ContainsKey(why))
            {
                _refusals[why] = _refusals.GetValueOrDefault(why) + 1;
            }
        }

        foreach (var seconds in times.Exposures)
        {
            Exposures++;
            if (double.IsNaN(seconds))
            {
                StillExposed++;
            }
            else
            {
                ExposedSeconds += seconds;
                LongestExposure = Math.Max(LongestExposure, seconds);
            }
        }
    }
}

/// <summary>What the cases of one class come to.</summary>
public sealed class ClassSummary(string name)
{
    private readonly Dictionary<CaseOutcome, int> _outcomes = [];
    private readonly List<double> _detection = [];
    private readonly List<double> _containment = [];
    private readonly List<double> _verification = [];
    private int _right;
    private int _wrong;

    /// <summary>The class's name.</summary>
    public string Class => name;
    /// <summary>Cases.</summary>
    public int Cases { get; private set; }
    /// <summary>Cases that somebody ruled on.</summary>
    public int Ruled { get; private set; }
    /// <summary>Minutes from the onset to the opening.</summary>
    public Spread Detection => Spread.Of(_detection);
    /// <summary>Minutes from the onset to the last accepted call.</summary>
    public Spread Containment => Spread.Of(_containment);
    /// <summary>Minutes from the onset to the proof.</summary>
    public Spread Verification => Spread.Of(_verification);
    /// <summary>By these cases' latest rulings.</summary>
    public Precision Precision => Precision.Of(_right, _wrong);

    /// <summary>Cases with an outcome.</summary>
    public int Count(CaseOutcome outcome) => _outcomes.GetValueOrDefault(outcome);

    internal void Add(CaseOutcome outcome, CaseTimes times, string? ruling)
    {
        Cases++;
        _outcomes[outcome] = Count(outcome) + 1;
        Note(_detection, times.MinutesTo(times.Detected));
        Note(_containment, times.MinutesTo(times.Contained));
        Note(_verification, times.MinutesTo(times.Verified));
        Ruled += ruling is null ? 0 : 1;
        _right += ruling == Rulings.TruePositive ? 1 : 0;
        _wrong += ruling is not null && Rulings.WasWrong(ruling) ? 1 : 0;
    }

    private static void Note(List<double> of, double? minutes)
    {
        if (minutes is { } known)
        {
            of.Add(known);
        }
    }
}

/// <summary>How minutes are spread.</summary>
/// <param name="Count">How many are known.</param>
/// <param name="Median">NaN without any.</param>
/// <param name="P90">The least that nine tenths do not exceed; NaN without any.</param>
public readonly record struct Spread(int Count, double Median, double P90)
{
    /// <summary>Measured; the order does not matter.</summary>
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return new(0, double.NaN, double.NaN);
        }

        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return new(
            sorted.Length, sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2,
            sorted[(int)Math.Ceiling(0.9 * sorted.Length) - 1]);
    }
}
