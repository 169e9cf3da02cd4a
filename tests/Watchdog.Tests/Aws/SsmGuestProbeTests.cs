using Watchdog.FleetSim.Failing;
using Watchdog.Telemetry;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class SsmGuestProbeTests
{
    [Fact]
    public async Task A_guest_is_inspected_by_one_call_to_send_and_later_ones_to_read()
    {
        await using var aws = await StartAsync(Vms(120));
        string[] ids = [.. Enumerable.Range(0, 120).Select(Id)];

        var sent = await aws.Guests.SendAsync(Here, ids, "op 17", default);

        Assert.Equal(3, aws.Region.CallCounts["ssm:SendCommand"]);
        Assert.Equal(120, sent.Count);
        var command = sent[Id(5)].CommandId!;
        Assert.Equal(InvocationState.Pending, (await aws.Guests.ReadAsync(Here, command, Id(5), default)).State);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var done = await aws.Guests.ReadAsync(Here, command, Id(5), default);
        Assert.Equal(InvocationState.Done, done.State);
        // The simulated agent takes a command a second after it was sent, on AWS's clock.
        Assert.Equal(aws.Clock.GetUtcNow().AddSeconds(-59), done.StartedAt);
        var snapshot = GuestSnapshotParser.Parse(done.Output, aws.Clock.GetUtcNow());
        Assert.True(snapshot.Complete);
        Assert.Equal("node server.js", Assert.Single(snapshot.TopProcesses).Args);
    }

    [Fact]
    public async Task A_vm_that_ssm_does_not_know_costs_only_itself_the_look()
    {
        await using var aws = await StartAsync(Vms(40));
        string[] ids = [.. Enumerable.Range(0, 40).Select(Id), Id(900)];

        var sent = await aws.Guests.SendAsync(Here, ids, "op", default);

        Assert.Equal(41, sent.Count);
        Assert.Contains("InvalidInstanceId", sent[Id(900)].Refusal, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 40), index => Assert.NotNull(sent[Id(index)].CommandId));
    }

    [Theory]
    [InlineData("Telemetry:InspectDocumentVersion", "2", "InvalidDocumentVersion")]
    [InlineData("Telemetry:InspectDocumentHash", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "InvalidDocument")]
    public async Task A_document_that_is_not_the_pinned_one_is_not_run(string setting, string value, string refusal)
    {
        await using var aws = await StartAsync(Vms(1), (setting, value));

        var sent = await aws.Guests.SendAsync(Here, [Id(0)], "op", default);

        Assert.Null(sent[Id(0)].CommandId);
        Assert.StartsWith(refusal + ":", sent[Id(0)].Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_whose_answer_is_lost_is_not_repeated()
    {
        await using var aws = await StartAsync(Vms(1));
        aws.Region.Faults.FailNext("ssm:SendCommand", FaultKind.LateDrop);

        var sent = await aws.Guests.SendAsync(Here, [Id(0)], "op", default);

        Assert.Null(sent[Id(0)].CommandId);
        Assert.NotNull(sent[Id(0)].Refusal);
        Assert.Equal(1, aws.Region.CallCounts["ssm:SendCommand"]);
    }

    [Fact]
    public async Task Agents_are_online_lost_or_unmanaged_and_unknown_when_nobody_can_say()
    {
        await using var aws = await StartAsync([Vm(0), Vm(1, new Steady { Agent = false })]);

        var agents = await aws.Guests.AgentsAsync(Here, [Id(0), Id(1), Id(900)], default);
        Assert.Equal(AgentState.Online, agents[Id(0)].State);
        Assert.Equal(Start, agents[Id(0)].LastPing!.Value, TimeSpan.FromMinutes(6));
        Assert.NotEqual(AgentState.Online, agents[Id(1)].State);
        Assert.Equal(AgentState.Unmanaged, agents[Id(900)].State);

        aws.Region.Faults.DeniedActions["ssm:DescribeInstanceInformation"] = true;
        Assert.Equal(AgentState.Unknown, (await aws.Guests.AgentsAsync(Here, [Id(0)], default))[Id(0)].State);
    }

    [Fact]
    public async Task The_console_comes_decoded_and_without_escapes()
    {
        await using var aws = await StartAsync([Vm(0, new Steady { Console = "\e[31mKernel panic\e[0m - not syncing\r\nend\0\n" })]);

        Assert.Equal("Kernel panic - not syncing\nend \n", await aws.Guests.ConsoleAsync(Here, Id(0), default));
        Assert.Null(await aws.Guests.ConsoleAsync(Here, Id(900), default));
    }

    [Theory]
    [InlineData("Pending", "Pending", InvocationState.Pending)]
    [InlineData("InProgress", "InProgress", InvocationState.Pending)]
    [InlineData("Delayed", "Delayed", InvocationState.Pending)]
    [InlineData("Success", "Success", InvocationState.Done)]
    [InlineData("TimedOut", "DeliveryTimedOut", InvocationState.DeliveryTimedOut)]
    [InlineData("TimedOut", "Delivery Timed Out", InvocationState.DeliveryTimedOut)]
    [InlineData("Failed", "Undeliverable", InvocationState.DeliveryTimedOut)]
    [InlineData("TimedOut", "ExecutionTimedOut", InvocationState.ExecutionTimedOut)]
    [InlineData("TimedOut", null, InvocationState.ExecutionTimedOut)]
    [InlineData("Failed", "Failed", InvocationState.Failed)]
    [InlineData("Cancelled", "Cancelled", InvocationState.Failed)]
    [InlineData(null, null, InvocationState.Pending)]
    public void Ssms_states_have_a_name_of_ours(string? status, string? details, InvocationState expected) =>
        Assert.Equal(expected, Watchdog.Aws.InvocationReading.StateOf(status, details));
}
