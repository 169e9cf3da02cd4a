namespace Watchdog.Bench.Suites;

/// <summary>What a benchmark of the suites does once, in the table's words.</summary>
/// <param name="what">In words.</param>
/// <param name="vms">VMs that one operation is for; 0 where that has no meaning.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteRowAttribute(string what, int vms = 0) : Attribute
{
    /// <summary>In words.</summary>
    public string What => what;

    /// <summary>VMs an operation.</summary>
    public int Vms => vms;
}
