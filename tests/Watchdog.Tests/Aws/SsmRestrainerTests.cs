using Watchdog.Enforcement;
using Watchdog.Enforcement.Restraining;
using Watchdog.FleetSim.Failing;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class SsmRestrainerTests
{
    private static readonly Guid Operation = Guid.Parse("0b7a2a52-0000-4000-8000-000000000001");
    private static readonly Restraint Node = new(7, 1, RestraintActions.Cap, 20, false, "node");

    [Fact]
    public async Task The_pinned_document_is_sent_and_its_answer_read()
    {
        await using var aws = await StartAsync(Vms(1));

        var command = await aws.Get<IRestrainer>().SendAsync(Here, Id(0), Node, Operation, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));

        var read = await aws.Guests.ReadAsync(Here, command, Id(0), default);
        var answer = RestrainAnswer.Parse(read.Output, Node, Operation)!;
        Assert.Equal(RestrainEnd.AskAgain, RestrainRules.Judge(Node, answer, null).End);
        var lift = Node with { Action = RestraintActions.Lift };
        command = await aws.Get<IRestrainer>().SendAsync(Here, Id(0), lift, Operation, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        read = await aws.Guests.ReadAsync(Here, command, Id(0), default);
        Assert.Equal("lifted", RestrainAnswer.Parse(read.Output, lift, Operation)!.State);
    }

    [Theory]
    [InlineData("Enforcement:Restrain:DocumentVersion", "2", "InvalidDocumentVersion")]
    [InlineData("Enforcement:Restrain:DocumentHash", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "InvalidDocument")]
    [InlineData("Enforcement:Restrain:Document", "AWS-RunShellScript", "InvalidDocument")]
    public async Task A_document_that_is_not_the_pinned_one_is_not_run(string setting, string value, string code)
    {
        await using var aws = await StartAsync(Vms(1), (setting, value));

        var refused = await Assert.ThrowsAsync<ActuatorException>(() => aws.Get<IRestrainer>().SendAsync(Here, Id(0), Node, Operation, default));

        Assert.Equal((ActuatorError.Configuration, code), (refused.Error, refused.Code));
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_a_state_that_may_pass()
    {
        await using var aws = await StartAsync([Vm(0, new Steady { Agent = false })]);

        var refused = await Assert.ThrowsAsync<ActuatorException>(() => aws.Get<IRestrainer>().SendAsync(Here, Id(0), Node, Operation, default));

        Assert.Equal((ActuatorError.WrongState, "InvalidInstanceId"), (refused.Error, refused.Code));
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_is_not_sent_twice_by_the_client()
    {
        await using var aws = await StartAsync(Vms(1));
        aws.Region.Faults.FailNext("ssm:SendCommand", FaultKind.LateDrop);

        await Assert.ThrowsAsync<ActuatorException>(() => aws.Get<IRestrainer>().SendAsync(Here, Id(0), Node, Operation, default));

        Assert.Equal(1, aws.Region.CallCounts["ssm:SendCommand"]);
    }
}
