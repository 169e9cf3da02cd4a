using System.Globalization;

namespace Watchdog.FleetSim.State;

/// <summary>The association of a VM with an instance profile.</summary>
internal sealed record ProfileTie(string Name, string AssociationId, DateTimeOffset Since)
{
    /// <summary>How long a replaced profile is <c>associating</c>.</summary>
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(5);

    public string StateAt(DateTimeOffset at) => at < Since + Takes ? "associating" : "associated";
}

/// <summary>Instance profiles at an instant; a VM's own is computed.</summary>
internal static class ProfileViews
{
    /// <summary>The profile of most VMs at launch; one named <c>watchdog-empty</c> exists besides.</summary>
    public const string Workspace = "workspace";
    public const string Empty = "watchdog-empty";

    /// <summary>Null for a VM without a profile.</summary>
    public static ProfileTie? ProfileAt(this RegionState region, int index, DateTimeOffset at)
    {
        if (region.Changed(index) is { } changed && changed.Profile.TryAt(at, out var tie))
            return tie;
        var vm = region.Vms[index];
        return VmShape.HasProfile(vm, region.Options) ? new ProfileTie(Workspace, VmShape.ProfileAssociationId(vm), vm.LaunchTime) : null;
    }

    /// <summary>Puts another profile in its place, under a new association. Under the Region's lock.</summary>
    public static ProfileTie ReplaceProfile(this RegionState region, int index, string name, DateTimeOffset at)
    {
        var state = region.Change(index);
        var number = 0x8000 + (ulong)state.Profile.Entries.Length;
        var made = new ProfileTie(name, string.Create(CultureInfo.InvariantCulture, $"iip-assoc-0{Mix.Of(region.Vms[index].Seed, number):x16}"), at);
        state.Profile.Add(at, made);
        return made;
    }

    public static string Arn(RegionState region, string name) => $"arn:aws:iam::{region.Options.AccountId}:instance-profile/{name}";
}
