using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

public sealed class ExtendRequestTests
{
    private static readonly RequestPayload TwoHours = new("the owner is looked for", Span: TimeSpan.FromHours(2));

    [Fact]
    public async Task A_contained_cases_clock_is_put_off_with_its_reason_on_the_trail()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Clock", "06:00:00"), ("Policy:Miner:ClockDoes", "Release"));
        var of = await ContainedAsync(world);

        var answer = await world.AskAsync(RequestKinds.Extend, of, TwoHours, of.Version);

        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(("done", of.Clock!.At.AddHours(2), "release"), (answer.State, whole.Case.Clock!.At, whole.Case.Clock.Does));
        Assert.Equal($"the case's clock is put off: {whole.Case.Clock.Words()}.", answer.Outcome);
        Assert.Equal(of.Version + 1, whole.Case.Version);
        Assert.Contains(whole.Audit, line => line is { What: "case.extended", Actor: "ann" } && line.DataJson.Contains("the owner is looked for", StringComparison.Ordinal));
        Assert.Equal(CaseStates.Contained, whole.Case.State);
    }

    [Fact]
    public async Task Of_two_who_extend_at_once_one_is_refused()
    {
        await using var world = await World.CreateAsync();
        var (of, inbox) = (await ContainedAsync(world), world.Get<RequestInbox>());
        var asked = await Task.WhenAll(((string[])["ann", "bob"]).Select(who => inbox.AskAsync(null, RequestKinds.Extend, who, of.Id, of.Version, TwoHours, world.Now, default)));

        await world.SettleAsync();

        var answers = await inbox.FindAsync([.. asked.Select(one => one.Id!.Value)], default);
        Assert.Equal(["done", "refused"], answers.Select(answer => answer.State));
        Assert.Contains("changed since you saw it", answers[1].Outcome, StringComparison.Ordinal);
        Assert.Equal(of.Clock!.At.AddHours(2), (await world.ShowAsync(of.Id)).Case.Clock!.At);
    }

    [Fact]
    public async Task A_clock_that_has_fired_begins_anew_from_now()
    {
        await using var world = await World.CreateAsync(("Policy:Miner:Clock", "01:00:00"));
        var of = await ContainedAsync(world);
        world.Clock.Advance(TimeSpan.FromHours(3));
        await world.RunAsync();
        Assert.NotNull((await world.ShowAsync(of.Id)).Case.Clock!.FiredAt);

        var asked = world.Now;
        await world.AskAsync(RequestKinds.Extend, of, TwoHours);

        Assert.Equal(new CaseClock(asked.AddHours(2), "escalate"), (await world.ShowAsync(of.Id)).Case.Clock);
    }

    [Fact]
    public async Task What_has_no_clock_or_would_run_for_too_long_is_refused_with_why()
    {
        await using var world = await World.CreateAsync(("Policy:LongestExtension", "1.00:00:00"), ("Policy:Miner:Clock", "06:00:00"), ("Policy:Runaway:Clock", "00:00:00"), ("Policy:Mode", "Propose"));
        var open = await world.AddCaseAsync();
        var refused = await world.AskAsync(RequestKinds.Extend, open, TwoHours);
        Assert.Equal(("refused", "case 1 is open: only the clock of a contained case runs."), (refused.State, refused.Outcome));

        await world.Database.ExecuteAsync("update case_file set state = 'contained'");
        Assert.Equal("case 1 has no clock: nothing happens to it by itself.", (await world.AskAsync(RequestKinds.Extend, open, TwoHours)).Outcome);

        await world.Database.ExecuteAsync("update case_file set clock_at = $1, clock_does = 'release'", world.Now.AddHours(23));
        var far = await world.AskAsync(RequestKinds.Extend, open, TwoHours);
        Assert.EndsWith("which is further than 1 days from now (Policy:LongestExtension).", far.Outcome, StringComparison.Ordinal);
    }

    private static async Task<CaseRecord> ContainedAsync(World world)
    {
        var of = await world.AddCaseAsync();
        await world.SettleAsync();
        return (await world.ShowAsync(of.Id)).Case;
    }
}
