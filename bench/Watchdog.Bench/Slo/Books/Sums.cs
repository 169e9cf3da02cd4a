using Watchdog.Slo.Minutes;

namespace Watchdog.Bench.Slo.Books;

/// <summary>Five-minute buckets of every key, added up in memory.</summary>
internal sealed class BucketSums(int start, int days)
{
    public const int Keys = 1 + MadeFleet.Regions + MadeFleet.Types + MadeFleet.Plans;
    private const int Causes = (int)Cause.StopUnexplained + 1;
    private readonly int[] _minutes = new int[Keys * (days * Minute.Day / 5) * Causes];
    private readonly int[] _agent = new int[Keys * (days * Minute.Day / 5) * 2];

    /// <summary>Name of a key's number, from 0 on: the fleet, the Regions, the types, the plans.</summary>
    public static (string Dimension, string Name) NameOf(int key) => key switch
    {
        0 => ("fleet", "fleet"),
        <= MadeFleet.Regions => ("region", Names.Region(key - 1)),
        <= MadeFleet.Regions + MadeFleet.Types => ("type", Names.Type(key - 1 - MadeFleet.Regions)),
        _ => ("plan", Names.Plan(key - 1 - MadeFleet.Regions - MadeFleet.Types)),
    };

    public void Add(in MadeSpan span, MadeGroup group)
    {
        AddTo(0, span);
        AddTo(1 + group.Region, span);
        AddTo(1 + MadeFleet.Regions + group.Type, span);
        AddTo(1 + MadeFleet.Regions + MadeFleet.Types + group.Plan, span);
    }

    /// <summary>The rows that are not zero, in the order of time; minutes in the order of the causes' columns.</summary>
    public IEnumerable<(int Key, int At, IReadOnlyList<int> Minutes, int Reached, int Silent)> Rows()
    {
        for (var bucket = 0; bucket < days * Minute.Day / 5; bucket++)
        {
            for (var key = 0; key < Keys; key++)
            {
                var row = At(key, bucket);
                if (_minutes.AsSpan(row * Causes, Causes).ContainsAnyExcept(0))
                {
                    yield return (key, start + (bucket * 5), [.. Watchdog.Slo.Minutes.Causes.All.Select(cause => _minutes[(row * Causes) + (int)cause])],
                        _agent[row * 2], _agent[(row * 2) + 1]);
                }
            }
        }
    }

    private int At(int key, int bucket) => (key * (days * Minute.Day / 5)) + bucket;

    private void AddTo(int key, in MadeSpan span)
    {
        for (var at = span.From; at < span.To;)
        {
            var bucket = (at - start) / 5;
            var until = Math.Min(span.To, start + (bucket * 5) + 5);
            _minutes[(At(key, bucket) * Causes) + (int)span.Cause] += until - at;
            if (span.Agent != AgentSeen.Unknown)
            {
                _agent[(At(key, bucket) * 2) + (int)span.Agent - 1] += until - at;
            }

            at = until;
        }
    }
}

/// <summary>Two days of every VM, by class: what a day is stored from once it is over.</summary>
internal sealed class DaySums(int vms)
{
    public const int Width = 6;
    // VM, day's parity, and whether the VM had changed its groups.
    private readonly short[] _sums = new short[(vms + 1) * 4 * Width];

    public void Add(in MadeSpan span, bool moved)
    {
        for (var at = span.From; at < span.To;)
        {
            var day = at / Minute.Day;
            var until = Math.Min(span.To, (day + 1) * Minute.Day);
            var row = Of(span.Vm, day, moved);
            row[(int)Causes.ClassOf(span.Cause) - 1] += (short)(until - at);
            if (span.Agent != AgentSeen.Unknown)
            {
                row[3 + (int)span.Agent] += (short)(until - at);
            }

            at = until;
        }
    }

    /// <summary>Minutes good, bad, excluded, unknown, reached, silent.</summary>
    public Span<short> Of(int vm, int day, bool moved) => _sums.AsSpan(((vm * 4) + ((day & 1) * 2) + (moved ? 1 : 0)) * Width, Width);
}
