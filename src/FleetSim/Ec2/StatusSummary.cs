using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Ec2;

/// <summary>The three status checks as DescribeInstanceStatus words them.</summary>
/// <param name="Instance">ok, impaired, initializing or not-applicable.</param>
/// <param name="System">Likewise.</param>
/// <param name="Ebs">Likewise.</param>
/// <param name="ImpairedSince">Since when, where a check is impaired.</param>
internal readonly record struct StatusSummary(string Instance, string System, string Ebs, DateTimeOffset? ImpairedSince)
{
    private const string NotApplicable = "not-applicable";

    /// <summary>Only a running VM is checked; for its first minutes the checks say initializing.</summary>
    public static StatusSummary At(RegionState region, int index, DateTimeOffset at)
    {
        if (region.MomentAt(index, at) is not { } moment)
            return new(NotApplicable, NotApplicable, NotApplicable, null);
        if (at < moment.RunningSince + VmShape.InitializingTime(moment.Vm))
            return new("initializing", "initializing", "initializing", null);
        var checks = moment.Vm.Behaviour.StatusOf(moment);
        return new(Word(checks.Instance), Word(checks.System), Word(checks.Ebs), checks.ImpairedSince);
    }

    /// <summary>The detail's word for a status: passed, failed, initializing; null where no check applies.</summary>
    public static string? Reachability(string status) => status switch
    {
        "ok" => "passed",
        "impaired" => "failed",
        NotApplicable => null,
        _ => status,
    };

    private static string Word(bool impaired) => impaired ? "impaired" : "ok";
}
