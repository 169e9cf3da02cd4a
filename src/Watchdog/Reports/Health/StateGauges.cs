using System.Diagnostics.Metrics;
using Watchdog.Diagnostics;
using Watchdog.Telemetry.Spending;

namespace Watchdog.Reports.Health;

/// <summary>The gauges of what the database and the leases say. What was not read, or not lately, is not told: unknown is no number.</summary>
public sealed class StateGauges(IMeterFactory factory, FleetStates states, HeldLeases leases, SpendBook spending, Readiness readiness, Clocks clocks)
{
    private static readonly KeyValuePair<string, object?>[] Build = [new("version", ProgramVersion.Current), new("runtime", Environment.Version.ToString())];

    /// <summary>Registers them.</summary>
    public void Register()
    {
        var meter = factory.Create(Meters.Name);
        meter.CreateObservableGauge("watchdog.build.info", () => new Measurement<int>(1, Build), null, "1; which program this is, by version.");
        meter.CreateObservableGauge("watchdog.ready", () => readiness.Last is { } ready ? [Of(ready ? 1 : 0)] : (IEnumerable<Measurement<double>>)[],
            null, "1 while this worker is ready, as /readyz says.");
        meter.CreateObservableGauge("watchdog.vms", Each(s => s.Vms, one => Of(one.Vms, ("state", one.State), ("region", one.Region))),
            "{vm}", "VMs by state and Region.");
        meter.CreateObservableGauge("watchdog.vms.judged", Each(s => s.Coverage, one => Of(one.Judged, ("region", one.Region))),
            "{vm}", "Running VMs that were judged within twice their own cadence, by Region.");
        meter.CreateObservableGauge("watchdog.coverage", Each(s => s.Coverage.Where(one => one.Running > 0),
            one => Of((double)one.Judged / one.Running, ("region", one.Region))), "1", "Share of running VMs judged within twice their own cadence, by Region.");
        meter.CreateObservableGauge("watchdog.freshness", Each(s => s.OldestRun is { } age ? [age] : (double[])[], age => Of(age)),
            "s", "Fleet time since the least fresh shard was swept.");
        meter.CreateObservableGauge("watchdog.cases", Each(s => s.Cases, one => Of(one.Cases, ("state", one.State))), "{case}", "Cases that are not closed, by state.");
        meter.CreateObservableGauge("watchdog.action.breaker.open", Each(s => new[] { s.BrakeOn }, on => Of(on ? 1 : 0)),
            null, "1 while the brake holds every act but releases.");
        meter.CreateObservableGauge("watchdog.outbox.pending", Each(s => s.Outbox, one => Of(one.Pending, ("receiver", one.Receiver))),
            "{message}", "Messages that wait to be sent, by receiver.");
        meter.CreateObservableGauge("watchdog.outbox.oldest_age", Each(s => s.Outbox, one => Of(
            one.Oldest is { } since ? Math.Max(0, (clocks.Wall.GetUtcNow() - since).TotalSeconds) : 0, ("receiver", one.Receiver))),
            "s", "Age of the oldest message that waits, by receiver; 0 where none does.");
        meter.CreateObservableGauge("watchdog.outbox.dead", Each(s => s.Outbox, one => Of(one.Dead, ("receiver", one.Receiver))),
            "{message}", "Messages that were given up and are kept, by receiver.");
        meter.CreateObservableGauge("watchdog.aws.month_spent", Spent(now => now.Usd), "USD", "What AWS calls cost in this calendar month, by the whole cluster.");
        meter.CreateObservableGauge("watchdog.aws.budget", Spent(now => now.BudgetUsd > 0 ? now.BudgetUsd : null), "USD", "The calendar month's budget; absent where none is set.");
        meter.CreateObservableGauge("watchdog.aws.budget.spent", Spent(now => now.BudgetUsd > 0 ? now.Usd / now.BudgetUsd : null), "1", "Share of the month's budget that is spent.");
        meter.CreateObservableGauge("watchdog.aws.thrift.level", Spent(now => (int)now.Level), null,
            "What is left off to spare money: 0 nothing, 1 the past of new VMs, 2 and 3 screens of quiet VMs.");
        meter.CreateObservableGauge("watchdog.leases.held", () => (leases.Now ?? new Dictionary<string, long>())
            .Select(one => Of(one.Value, ("kind", one.Key))), "{lease}", "Leases that this worker took within three minutes, by kind.");
        meter.CreateObservableGauge("watchdog.leader", () => leases.Now is { } held
            ? [Of(held.GetValueOrDefault("actuator") > 0 ? 1 : 0)] : (IEnumerable<Measurement<double>>)[], null, "1 while this worker carries acts out for a scope.");
    }

    private Func<IEnumerable<Measurement<double>>> Spent(Func<Spending, decimal?> of) =>
        () => spending.Now is { } now && of(now) is { } value ? [Of((double)value)] : [];

    private Func<IEnumerable<Measurement<double>>> Each<T>(Func<FleetState, IEnumerable<T>> all, Func<T, Measurement<double>> of) =>
        () => states.Now is { } now ? all(now).Select(of) : [];

    private static Measurement<double> Of(double value, params (string Name, string Value)[] tags) =>
        new(value, tags.Select(tag => new KeyValuePair<string, object?>(tag.Name, tag.Value)));
}
