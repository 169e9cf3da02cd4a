using System.Globalization;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.FleetSim.State;

/// <summary>What follows from a VM's seed and never changes: its interfaces, volume, VPC, addresses, delays. Nothing is stored.</summary>
internal static class VmShape
{
    private const ulong VolumeMask = 0x5D0C_71B3_22A9_E46BUL;
    private const ulong AllocationMask = 0x91E7_4C2D_B05A_3F86UL;
    private const ulong AssociationMask = 0x2F63_D8A1_794E_C05BUL;
    private const ulong ProfileMask = 0xE81A_5637_C49D_02FBUL;
    private static readonly ulong[] InterfaceMasks =
        [0xA6E1_93D4_7C02_5B8FUL, 0x3B97_C5F0_18DE_642AUL, 0xC84F_0A2E_B573_91D6UL, 0x7120_EE9B_4D36_A8C5UL];

    /// <summary>1 in 16 has two to four network interfaces.</summary>
    public static int InterfaceCount(SimulatedVm vm) => Mix.Of(vm.Seed, 101) % 16 == 0 ? 2 + (int)(Mix.Of(vm.Seed, 102) % 3) : 1;

    /// <summary>1 in 8 sits in a private subnet behind a NAT gateway, without a public address.</summary>
    public static bool BehindNat(SimulatedVm vm) => Mix.Of(vm.Seed, 103) % 8 == 0;

    public static int Vpc(SimulatedVm vm, int vpcCount) => (int)(Mix.Of(vm.Seed, 104) % (ulong)vpcCount);

    /// <summary>From launch or start to <c>running</c>.</summary>
    public static TimeSpan BootTime(SimulatedVm vm) => Mix.Between(vm.Seed, 105, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));

    /// <summary>From a stop to <c>stopped</c>.</summary>
    public static TimeSpan StopTime(SimulatedVm vm) => Mix.Between(vm.Seed, 106, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));

    /// <summary>How long its status checks say <c>initializing</c> after it runs.</summary>
    public static TimeSpan InitializingTime(SimulatedVm vm) => Mix.Between(vm.Seed, 107, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4));

    /// <summary>From a period's end until its metric points are published.</summary>
    public static TimeSpan PublicationDelay(SimulatedVm vm, SimulatedRegionOptions options) =>
        Mix.Between(vm.Seed, 108, options.PublicationDelayMin, options.PublicationDelayMax);

    /// <summary>Where in the five minutes its agent pings.</summary>
    public static TimeSpan PingPhase(SimulatedVm vm) => Mix.Between(vm.Seed, 109, TimeSpan.Zero, TimeSpan.FromMinutes(5));

    /// <summary>Bought on a one-time spot request.</summary>
    public static bool IsSpot(SimulatedVm vm, SimulatedRegionOptions options) => Mix.Unit(vm.Seed, 112) < options.SpotShare;

    /// <summary>Root device on instance store: nothing survives a stop, so EC2 does not stop it.</summary>
    public static bool HasInstanceStoreRoot(SimulatedVm vm, SimulatedRegionOptions options) => Mix.Unit(vm.Seed, 113) < options.InstanceStoreShare;

    /// <summary>Hibernation was configured at launch: it can be hibernated.</summary>
    public static bool CanHibernate(SimulatedVm vm, SimulatedRegionOptions options) => Mix.Unit(vm.Seed, 114) < options.HibernationShare;

    /// <summary>Its public address is an Elastic IP.</summary>
    public static bool HasElasticAddress(SimulatedVm vm, SimulatedRegionOptions options) =>
        Mix.Unit(vm.Seed, 115) < options.ElasticAddressShare && !BehindNat(vm);

    public static bool HasProfile(SimulatedVm vm, SimulatedRegionOptions options) => Mix.Unit(vm.Seed, 116) < options.ProfileShare;

    /// <summary>A spot request's VM cannot be protected.</summary>
    public static Protection LaunchProtection(SimulatedVm vm, SimulatedRegionOptions options) => new(
        Termination: Mix.Unit(vm.Seed, 117) < options.TerminationProtectedShare && !IsSpot(vm, options),
        Stop: Mix.Unit(vm.Seed, 118) < options.StopProtectedShare && !IsSpot(vm, options),
        TerminatesOnShutdown: Mix.Unit(vm.Seed, 119) < options.TerminateOnShutdownShare || IsSpot(vm, options) || HasInstanceStoreRoot(vm, options));

    /// <summary>The groups an interface was made with: one to three, and for further interfaces a different set.</summary>
    public static string[] LaunchGroups(SimulatedVm vm, int device, Network network)
    {
        var vpc = Vpc(vm, network.VpcCount);
        var first = (int)(Mix.Of(vm.Seed, 110) % 4) + device;
        var count = 1 + (int)(Mix.Of(vm.Seed, 111) % 3);
        var groups = new string[count];
        for (var i = 0; i < count; i++)
            groups[i] = network.Group(vpc, first + i).Id;
        return groups;
    }

    /// <summary>10/8, one address an interface.</summary>
    public static string PrivateAddress(SimulatedVm vm, int device)
    {
        var n = ((uint)vm.Index * 4) + (uint)device + 1024;
        return string.Create(CultureInfo.InvariantCulture, $"10.{(n >> 16) & 255}.{(n >> 8) & 255}.{n & 255}");
    }

    /// <summary>The auto-assigned address, a new one after each stop and start.</summary>
    public static string PublicAddress(SimulatedVm vm, int starts)
    {
        var n = Mix.Of(vm.Seed, 200 + (ulong)starts);
        return string.Create(CultureInfo.InvariantCulture, $"{(n & 1) switch { 0 => 3, _ => 54 }}.{(n >> 8) & 255}.{(n >> 16) & 255}.{1 + ((n >> 24) % 254)}");
    }

    /// <summary>The Elastic IP that was allocated for the VM: 52/8, one a VM.</summary>
    public static string ElasticAddress(SimulatedVm vm)
    {
        var n = (uint)vm.Index + 1;
        return string.Create(CultureInfo.InvariantCulture, $"52.{(n >> 16) & 255}.{(n >> 8) & 255}.{n & 255}");
    }

    /// <summary>The low 64 bits of the id: what all ids that belong to a VM are made of.</summary>
    public static bool TryLowBits(ReadOnlySpan<char> id, string prefix, out ulong low)
    {
        low = 0;
        return id.Length == prefix.Length + 17 && id.StartsWith(prefix, StringComparison.Ordinal)
            && char.IsAsciiHexDigitLower(id[prefix.Length])
            && ulong.TryParse(id[(prefix.Length + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out low);
    }

    public static ulong LowBits(SimulatedVm vm) => TryLowBits(vm.InstanceId, "i-", out var low)
        ? low
        : throw new ArgumentException($"'{vm.InstanceId}' is no instance id: i- and 17 lower-case hex digits.");

    public static string InterfaceId(SimulatedVm vm, int device) =>
        string.Create(CultureInfo.InvariantCulture, $"eni-0{LowBits(vm) ^ InterfaceMasks[device]:x16}");

    public static string AttachmentId(SimulatedVm vm, int device) =>
        string.Create(CultureInfo.InvariantCulture, $"eni-attach-0{~(LowBits(vm) ^ InterfaceMasks[device]):x16}");

    public static string VolumeId(SimulatedVm vm) => string.Create(CultureInfo.InvariantCulture, $"vol-0{LowBits(vm) ^ VolumeMask:x16}");

    public static string AllocationId(SimulatedVm vm) =>
        string.Create(CultureInfo.InvariantCulture, $"eipalloc-0{LowBits(vm) ^ AllocationMask:x16}");

    /// <summary>The association that the VM's Elastic IP was launched with.</summary>
    public static string AddressAssociationId(SimulatedVm vm) =>
        string.Create(CultureInfo.InvariantCulture, $"eipassoc-0{LowBits(vm) ^ AssociationMask:x16}");

    public static string ProfileAssociationId(SimulatedVm vm) =>
        string.Create(CultureInfo.InvariantCulture, $"iip-assoc-0{LowBits(vm) ^ ProfileMask:x16}");

    /// <summary>The VM whose launch made an association with a profile.</summary>
    public static bool TryProfileHome(RegionState region, string associationId, out int home)
    {
        home = -1;
        return TryLowBits(associationId, "iip-assoc-", out var low) && region.TryFindLowBits(low ^ ProfileMask, out home);
    }

    /// <summary>The VM that an address was allocated for.</summary>
    public static bool TryAllocationHome(RegionState region, string allocationId, out int home)
    {
        home = -1;
        return TryLowBits(allocationId, "eipalloc-", out var low) && region.TryFindLowBits(low ^ AllocationMask, out home)
            && HasElasticAddress(region.Vms[home], region.Options) && AllocationId(region.Vms[home]) == allocationId;
    }

    /// <summary>The VM bits that an interface id would have at each device index.</summary>
    public static ulong Unmask(ulong interfaceBits, int device) => interfaceBits ^ InterfaceMasks[device];

    /// <summary>The VM bits behind a volume's.</summary>
    public static ulong UnmaskVolume(ulong volumeBits) => volumeBits ^ VolumeMask;
}
