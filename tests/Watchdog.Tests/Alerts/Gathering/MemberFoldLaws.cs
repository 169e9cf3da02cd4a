using FsCheck;
using FsCheck.Fluent;
using Watchdog.Alerts;
using Watchdog.Alerts.Gathering;

namespace Watchdog.Tests.Alerts.Gathering;

public sealed class MemberFoldLaws
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Signal> Signals =
        from state in Gen.Elements(SignalState.Raised, SignalState.Raised, SignalState.Changed, SignalState.Cleared)
        from technique in Gen.Elements("miner", "panic")
        from member in Gen.Elements("case:1", "case:2", "case:3")
        from minute in Gen.Choose(0, 60)
        from done in Gen.Elements(null, "quarantined", "stopped")
        from failing in Gen.Elements<bool?>(null, true, false)
        select new Signal(state, new(IncidentKinds.Abuse, technique, "a/r"), member, Severity.Error, Start.AddMinutes(minute), new(Done: done, Failing: failing));

    [Fact]
    public void However_the_log_is_cut_into_batches_what_is_stored_is_the_same() =>
        Prop.ForAll((from signals in Signals.ArrayOf(20)
                     from cuts in Gen.Choose(1, 5).ArrayOf(20)
                     select (signals, cuts)).ToArbitrary(), c =>
        {
            Store whole = new();
            whole.Take(c.signals);
            Store parts = new();
            var at = 0;
            foreach (var cut in c.cuts)
            {
                parts.Take(c.signals.Skip(at).Take(cut));
                at += cut;
            }

            return whole.Text() == parts.Text();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_member_is_on_in_one_incident_of_a_kind_at_most() =>
        Prop.ForAll(Signals.ArrayOf(20).ToArbitrary(), signals =>
        {
            Store store = new();
            store.Take(signals);
            return store.Rows.Where(row => row.Value.Cleared is null).GroupBy(row => row.Key.Member).All(row => row.Count() == 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    // As the statements do it: first what is stored is patched, then the changes are laid over it.
    private sealed class Store
    {
        public Dictionary<(IncidentKey Key, string Member), (DateTimeOffset First, DateTimeOffset Last, DateTimeOffset? Cleared, MemberFacts Facts)> Rows { get; } = [];

        public void Take(IEnumerable<Signal> signals)
        {
            var folded = MemberFold.Of(signals);
            foreach (var patch in folded.Patches)
            {
                foreach (var key in Rows.Keys.Where(key => key.Key.Kind == patch.Kind && key.Member == patch.Member).ToList())
                {
                    var row = Rows[key];
                    Rows[key] = row with { Cleared = patch.ClearedAt is null ? row.Cleared : row.Cleared ?? patch.ClearedAt, Facts = row.Facts.With(patch.Facts) };
                }
            }

            foreach (var change in folded.Changes)
            {
                var key = (change.Key, change.Member);
                Rows[key] = Rows.TryGetValue(key, out var row)
                    ? (row.First < change.FirstAt ? row.First : change.FirstAt, row.Last > change.LastAt ? row.Last : change.LastAt, change.ClearedAt, row.Facts.With(change.Facts))
                    : (change.FirstAt, change.LastAt, change.ClearedAt, change.Facts);
            }
        }

        public string Text() => string.Join('\n', Rows.OrderBy(row => $"{row.Key}", StringComparer.Ordinal).Select(row => $"{row.Key} {row.Value}"));
    }
}
