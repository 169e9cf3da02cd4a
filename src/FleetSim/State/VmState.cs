using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>What has been changed about one VM since its launch; exists only for VMs that something was done to.</summary>
internal sealed class VmState
{
    /// <summary>Every state entered, from <c>pending</c> at launch on.</summary>
    public History<Power> Power { get; } = new();

    /// <summary>Group sets by interface; a slot is null while the interface still has the groups it was made with.</summary>
    public History<string[]>?[]? Groups { get; set; }

    /// <summary>The whole tag set after each change; empty while the tags are those of the launch.</summary>
    public History<SortedDictionary<string, string>> Tags { get; } = new();

    /// <summary>Protections and shutdown behaviour after each change; empty while they are those of the launch.</summary>
    public History<Protection> Protection { get; } = new();

    /// <summary>What is restrained inside; an entry is null from when it was lifted.</summary>
    public History<Restraint?> Restraints { get; } = new();

    /// <summary>What its people were told by the notifying document, oldest first.</summary>
    public List<GuestNotice> Notices { get; } = [];

    /// <summary>The profile after each replacement; empty while it is that of the launch.</summary>
    public History<ProfileTie> Profile { get; } = new();

    /// <summary>Homes of the Elastic IP addresses that were taken off this VM or put on it.</summary>
    public int[] AddressHomes { get; set; } = [];
}
