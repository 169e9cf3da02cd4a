namespace Watchdog.Slo.Books;

/// <summary>A VM whose minutes could not be judged.</summary>
/// <param name="Id">Key in <c>slo_vm</c>.</param>
/// <param name="Why">What stood in the way.</param>
internal sealed record Unjudged(int Id, string InstanceId, string Why);

/// <summary>
/// VMs that could not be judged, and until when each is left alone: twice as long after every try, up to about an hour. A worker that starts
/// anew tries all of them once. What they wait with stays in <c>slo_vm</c>, so nothing is lost.
/// </summary>
internal sealed class PutOff
{
    private const int MostDoublings = 6;
    private readonly Dictionary<int, (int Tries, DateTimeOffset Until)> _waiting = [];

    /// <summary>Keys of those that are left alone at an instant of fleet time.</summary>
    public int[] At(DateTimeOffset now) => [.. _waiting.Where(one => one.Value.Until > now).Select(one => one.Key)];

    /// <summary>Leaves a VM alone for a while.</summary>
    /// <returns>Whether it had not failed before.</returns>
    public bool Add(int vm, DateTimeOffset now)
    {
        var tries = _waiting.TryGetValue(vm, out var known) ? known.Tries + 1 : 0;
        _waiting[vm] = (tries, now + TimeSpan.FromMinutes(1 << Math.Min(tries, MostDoublings)));
        return tries == 0;
    }

    /// <summary>Those were judged.</summary>
    public void Judged(IEnumerable<int> vms)
    {
        foreach (var vm in _waiting.Count == 0 ? [] : vms)
        {
            _waiting.Remove(vm);
        }
    }
}
