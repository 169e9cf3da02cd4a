using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Throttling;

namespace Watchdog.FleetSim.Wire;

/// <summary>One request on its way through the Region.</summary>
/// <param name="Service"><c>ec2</c>, <c>cloudwatch</c>, <c>ssm</c> or <c>sts</c>.</param>
/// <param name="Action">AWS's operation name.</param>
/// <param name="Protocol">How it is written.</param>
/// <param name="Form">Its fields, in the query protocols; else null.</param>
/// <param name="Body">Its bytes; valid until the answer is sent.</param>
/// <param name="AccessKeyId">Who signed it, as far as the header says.</param>
internal sealed record Call(string Service, string Action, Protocol Protocol, FormFields? Form, ReadOnlyMemory<byte> Body, string? AccessKeyId)
{
    /// <summary><c>service:Action</c>, as counted and as in <see cref="Faults.DeniedActions"/>.</summary>
    public string Name { get; } = $"{Service}:{Action}";

    public required RegionState Region { get; init; }

    public required Buckets Buckets { get; init; }

    public required FaultGate Faults { get; init; }

    /// <summary>The request's number, from 1.</summary>
    public required long Number { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Fleet time at arrival: what is true.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What descriptions show is what was true then.</summary>
    public DateTimeOffset Seen => Now - Region.Options.ConsistencyDelay;

    /// <summary>The form of a query-protocol call.</summary>
    public FormFields Fields => Form ?? throw new InvalidOperationException($"{Name} carries no form.");
}
