using System.CommandLine;

namespace Watchdog.Cli;

/// <summary>What <c>simulate</c> and <c>demo</c> say alike about the fleet they play.</summary>
internal static class FleetOptions
{
    private const int MostVms = 1_000_000;

    public static Option<int> Vms()
    {
        var option = new Option<int>("--vms") { Description = $"VMs in the fleet, 0 to {MostVms}.", HelpName = "N", DefaultValueFactory = _ => 2000 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > MostVms)
            {
                result.AddError($"--vms takes 0 to {MostVms}.");
            }
        });
        return option;
    }

    public static Option<ulong> Seed() => new("--seed") { Description = "The same seed plays the same fleet.", HelpName = "N", DefaultValueFactory = _ => 1 };
}
