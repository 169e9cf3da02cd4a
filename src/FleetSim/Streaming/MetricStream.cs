using Watchdog.FleetSim.CloudWatch;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Streaming;

/// <summary>
/// The Region's metric stream: delivers every datapoint when CloudWatch publishes it, in the JSON format 1.0, by Firehose. Datapoints are functions of
/// seed, VM and time, so the stream keeps nothing but how far it has come.
/// </summary>
public sealed class MetricStream : IDisposable
{
    private const int Period = 300;
    private readonly SimulatedRegion _region;
    private readonly MetricStreamOptions _options;
    private readonly FirehoseSender _sender;
    private DateTimeOffset _done;

    /// <summary>Makes a stream that begins at an instant.</summary>
    /// <param name="region">The Region.</param>
    /// <param name="options">Where to, and how badly.</param>
    /// <param name="from">What was published before is not delivered; fleet time.</param>
    public MetricStream(SimulatedRegion region, MetricStreamOptions options, DateTimeOffset from)
    {
        (_region, _options, _done) = (region, options, from);
        var state = region.State.Options;
        _sender = new FirehoseSender(options, state.WallClock, state.AccountId, state.Region);
    }

    /// <summary>What it has done so far.</summary>
    public StreamTally Tally => _sender.Tally;

    /// <summary>Delivers what was published since the last delivery and up to an instant, in an order of the seed's.</summary>
    public async Task DeliverAsync(DateTimeOffset until, CancellationToken ct)
    {
        _region.State.PlayOwners(until);
        var (vms, options) = (_region.State.Vms, _region.State.Options);
        var series = new Series(_region.State, _region.Faults, DateTimeOffset.MaxValue);
        List<DeliveryWriter> held = [];
        var open = new DeliveryWriter(_options, options.AccountId, options.Region);
        var longest = options.PublicationDelayMax + (_options.LateShare > 0 ? _options.LateBy : TimeSpan.Zero);
        for (var period = Floor(_done - longest) - Period; period + Period <= until.ToUnixTimeSeconds(); period += Period)
        {
            var offset = vms.Count == 0 ? 0 : (int)(Mix.Of(_options.Seed, (ulong)period) % (ulong)vms.Count);
            for (var i = 0; i < vms.Count; i++)
            {
                var vm = vms[(i + offset) % vms.Count];
                var at = DateTimeOffset.FromUnixTimeSeconds(period + Period) + VmShape.PublicationDelay(vm, options) + Lateness(vm.Seed, period);
                if (at <= _done || at > until)
                    continue;
                Write(open, series, vm, period);
                if (!open.IsFull)
                    continue;
                held.Add(open);
                open = new DeliveryWriter(_options, options.AccountId, options.Region);
                if (held.Count > 3)
                    await SendOneAsync(held, ct);
            }
        }

        if (open.Points > 0)
            held.Add(open);
        while (held.Count > 0)
            await SendOneAsync(held, ct);
        _done = until;
    }

    /// <inheritdoc/>
    public void Dispose() => _sender.Dispose();

    // Firehose promises no order.
    private async Task SendOneAsync(List<DeliveryWriter> held, CancellationToken ct)
    {
        var next = (int)(Mix.Of(_options.Seed, (ulong)(Tally.Deliveries + Tally.Lost)) % (ulong)held.Count);
        var delivery = held[next];
        held.RemoveAt(next);
        await _sender.SendAsync(delivery, ct);
    }

    private TimeSpan Lateness(ulong seed, long period) =>
        _options.LateShare > 0 && Mix.Unit(seed ^ _options.Seed, (ulong)period) < _options.LateShare
            ? Mix.Between(seed ^ _options.Seed, (ulong)period + 1, TimeSpan.Zero, _options.LateBy) : TimeSpan.Zero;

    private void Write(DeliveryWriter delivery, Series series, Fleet.SimulatedVm vm, long period)
    {
        foreach (var name in _options.Metrics)
        {
            var metric = Metrics.Of(name, vm.InstanceType);
            if (metric == Metric.None)
                continue;
            var count = Metrics.IsCount(metric);
            var query = new MetricQuery
            {
                Namespace = "AWS/EC2", MetricName = name, InstanceId = vm.InstanceId, Period = Period, Stat = count ? "Sum" : "Average",
            };
            series.Compute(query, DateTimeOffset.FromUnixTimeSeconds(period), DateTimeOffset.FromUnixTimeSeconds(period + Period), ascending: true);
            if (series.Values.Length == 0)
                continue;
            var samples = Metrics.SamplesOf(metric);
            delivery.Add(vm.InstanceId, name, UnitOf(metric), period, count ? series.Values[0] : series.Values[0] * samples, samples);
        }
    }

    private static string UnitOf(Metric metric) => metric switch
    {
        Metric.CpuUtilization => "Percent",
        Metric.NetworkIn or Metric.NetworkOut => "Bytes",
        _ => "Count",
    };

    private static long Floor(DateTimeOffset at) => at.ToUnixTimeSeconds() / Period * Period;
}
