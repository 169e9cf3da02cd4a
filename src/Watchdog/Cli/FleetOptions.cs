using System.CommandLine;

namespace Watchdog.Cli;

/// <summary>What <c>simulate</c> and <c>demo</c> say alike about the fleet they play.</summary>
internal static class FleetOptions
{
    private const int MostVms = 1_000_000;

    public static Option<int> Vms()
    {
        var option = new Option<int>("--vms") { Description = $"VMs in the fleet, 0 to {MostVms}.", HelpName = "N", DefaultValueFactory = _ => 2000 };
        option.Within(0, MostVms, $"0 to {MostVms}");
        return option;
    }

    public static Option<ulong> Seed()
    {
        var option = new Option<ulong>("--seed") { Description = "The same seed plays the same fleet.", HelpName = "N", DefaultValueFactory = _ => 1 };
        option.Within(ulong.MinValue, ulong.MaxValue, "a whole number, 0 or more");
        return option;
    }
}
