using Watchdog.Enforcement;
using Watchdog.Enforcement.Notifying;
using Watchdog.FleetSim.State;
using Watchdog.IdleShutdown.Warnings;
using static Watchdog.Tests.Aws.SimulatedAws;

namespace Watchdog.Tests.Aws;

public class SsmNotifierTests
{
    private static readonly Guid Operation = Guid.Parse("0b7a2a52-0000-4000-8000-000000000001");
    private static readonly GuestMessage Soon = new(MessageCodes.Idle, 15);

    [Fact]
    public async Task The_guest_sees_the_message_until_it_is_called_off()
    {
        await using var aws = await StartAsync(Vms(1));

        await aws.Get<INotifier>().SendAsync(Here, Id(0), Soon, Operation, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("idle", 15), (aws.Region.State.MessageOfTheDay(0, aws.Clock.GetUtcNow())!.Code, aws.Region.State.MessageOfTheDay(0, aws.Clock.GetUtcNow())!.Minutes));

        await aws.Get<INotifier>().SendAsync(Here, Id(0), new(MessageCodes.Cancelled, 0), Operation, default);
        aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(aws.Region.State.MessageOfTheDay(0, aws.Clock.GetUtcNow()));
        Assert.Equal(["idle", "cancelled"], aws.Region.State.NoticesUntil(0, aws.Clock.GetUtcNow()).Select(notice => notice.Code));
    }

    [Theory]
    [InlineData("Enforcement:Notify:DocumentVersion", "2", "InvalidDocumentVersion")]
    [InlineData("Enforcement:Notify:DocumentHash", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "InvalidDocument")]
    [InlineData("Enforcement:Notify:Document", "AWS-RunShellScript", "InvalidDocument")]
    public async Task A_document_that_is_not_the_pinned_one_is_not_run(string setting, string value, string code)
    {
        await using var aws = await StartAsync(Vms(1), (setting, value));

        var refused = await Assert.ThrowsAsync<ActuatorException>(() => aws.Get<INotifier>().SendAsync(Here, Id(0), Soon, Operation, default));

        Assert.Equal((ActuatorError.Configuration, code), (refused.Error, refused.Code));
    }

    [Theory]
    [InlineData("Your VM was hacked, call 555", 15)]
    [InlineData("idle", 1_441)]
    [InlineData("idle", -1)]
    public async Task No_text_and_no_other_number_passes_the_documents_patterns(string text, int minutes)
    {
        await using var aws = await StartAsync(Vms(1));

        await Assert.ThrowsAsync<ActuatorException>(() => aws.Get<INotifier>().SendAsync(Here, Id(0), new(text, minutes), Operation, default));

        Assert.Empty(aws.Region.State.NoticesUntil(0, aws.Clock.GetUtcNow().AddHours(1)));
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_a_state_that_may_pass()
    {
        await using var aws = await StartAsync([Vm(0, new Steady { Agent = false })]);

        var refused = await Assert.ThrowsAsync<ActuatorException>(() => aws.Get<INotifier>().SendAsync(Here, Id(0), Soon, Operation, default));

        Assert.Equal((ActuatorError.WrongState, "InvalidInstanceId"), (refused.Error, refused.Code));
    }
}
