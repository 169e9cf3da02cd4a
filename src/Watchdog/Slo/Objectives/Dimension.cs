namespace Watchdog.Slo.Objectives;

/// <summary>What an objective is promised for. The names of the last four, in lower case, are those of <c>slo_key.dimension</c>.</summary>
public enum Dimension
{
    /// <summary>Each VM by itself: for reports. One VM pages nobody.</summary>
    Vm,
    /// <summary>All VMs of an AWS Region together.</summary>
    Region,
    /// <summary>All VMs of an instance type together.</summary>
    Type,
    /// <summary>All VMs of a plan together.</summary>
    Plan,
    /// <summary>All VMs together.</summary>
    Fleet,
}
