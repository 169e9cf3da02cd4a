using Npgsql;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Ledger;

public sealed class RequestInboxTests
{
    [Theory]
    [InlineData("terminate", "why", null)]
    [InlineData("release", "  ", null)]
    [InlineData("confirm", "why", "maybe")]
    public async Task What_cannot_be_meant_is_refused_at_the_door(string kind, string reason, string? ruling)
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            world.Get<RequestInbox>().InsertAsync(kind, "ann", of.Id, null, new RequestPayload(reason, ruling), world.Now, default));
        Assert.Equal(0, await world.Database.ScalarAsync<long>("select count(*) from request"));
    }

    [Fact]
    public async Task A_request_about_no_case_is_refused_by_the_database()
    {
        await using var world = await World.CreateAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            world.Get<RequestInbox>().InsertAsync(RequestKinds.Release, "ann", 99, null, new RequestPayload("why"), world.Now, default));

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, refused.SqlState);
    }

    [Fact]
    public async Task A_request_alone_acts_on_nothing_and_is_on_the_audit_trail_with_its_actor()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        var calls = world.Ec2.Calls.Count;

        var id = await world.Get<RequestInbox>().InsertAsync(RequestKinds.Release, "ann", of.Id, 1, new RequestPayload("why"), world.Now, default);

        Assert.Equal("open", (await world.Get<RequestInbox>().FindAsync(id, default))!.State);
        Assert.Equal(calls, world.Ec2.Calls.Count);
        var line = (await world.ShowAsync(of.Id)).Audit[^1];
        Assert.Equal(("request.release", "ann"), (line.What, line.Actor));
    }

    [Fact]
    public async Task A_second_release_while_one_is_under_way_is_refused()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.RunAsync();
        world.Ec2.Lag = TimeSpan.FromMinutes(2);
        var inbox = world.Get<RequestInbox>();
        await inbox.InsertAsync(RequestKinds.Release, "ann", of.Id, null, new RequestPayload("one"), world.Now, default);
        await world.RunAsync();

        var second = await inbox.InsertAsync(RequestKinds.Release, "bob", of.Id, null, new RequestPayload("two"), world.Now, default);
        await world.RunAsync();

        var answer = (await inbox.FindAsync(second, default))!;
        Assert.Equal("refused", answer.State);
        Assert.Contains("under way", answer.Outcome, StringComparison.Ordinal);
    }
}
