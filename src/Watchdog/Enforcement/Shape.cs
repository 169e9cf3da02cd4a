using Watchdog.Inventory;

namespace Watchdog.Enforcement;

/// <summary>What a part of a VM looks like, before or after a step: exactly one of the three is given.</summary>
/// <param name="Groups">An interface's security groups, in EC2's order.</param>
/// <param name="Tags">Tags by key; a null value means that the key is not there.</param>
/// <param name="State">EC2's state name.</param>
public sealed record Shape(IReadOnlyList<string>? Groups = null, IReadOnlyDictionary<string, string?>? Tags = null, string? State = null)
{
    /// <summary>Groups of an interface.</summary>
    public static Shape OfGroups(IEnumerable<string> groups) => new(Groups: [.. groups]);

    /// <summary>One tag, or its absence.</summary>
    public static Shape OfTag(string key, string? value) => new(Tags: new Dictionary<string, string?> { [key] = value });

    /// <summary>A VM's state.</summary>
    public static Shape OfState(string state) => new(State: state);

    /// <summary>Whether the VM, as just read, shows this shape at the target. EC2 promises no order of groups: they compare as sets.</summary>
    public bool HoldsOn(ListedVm vm, string target)
    {
        if (Groups is { } groups)
        {
            return vm.Interfaces.FirstOrDefault(i => i.InterfaceId == target) is { } found && groups.ToHashSet().SetEquals(found.Groups);
        }

        if (Tags is { } tags)
        {
            return tags.All(tag => vm.Tags.GetValueOrDefault(tag.Key) == tag.Value);
        }

        // A VM on its way to stopped has stopped computing for its owner; one on its way to running has not started.
        return vm.State == State || State == VmStates.Stopped && vm.State == VmStates.Stopping;
    }
}
