using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.Policy.Exempting;

public sealed class ExemptionDeskTests
{
    [Theory]
    [InlineData("vm", "i-1", false)]
    [InlineData("owner", "alice", false)]
    [InlineData("image", "ami-1", true)]
    [InlineData("tag", "team=chain", true)]
    [InlineData("executable", "/opt/course/simulate", true)]
    public async Task What_covers_one_owner_begins_at_once_and_what_covers_more_waits_for_another_person(string kind, string subject, bool two)
    {
        await using var world = await World.CreateAsync();
        var desk = world.Get<ExemptionDesk>();
        var order = new ExemptionOrder(kind, subject, "a course", world.Now.AddDays(3));

        var asked = await desk.AddAsync(order, "ann", world.Now, default);
        Assert.Equal((AskedAs.Recorded, two), (asked.As, asked.Proposal is not null));
        Assert.Equal(two ? 0 : 1, (await InForceAsync(world)).Count);
        var again = await desk.AddAsync(order, "ann", world.Now, default);
        Assert.Equal((AskedAs.Again, asked.Exemption, asked.Proposal), (again.As, again.Exemption, again.Proposal));
        if (!two)
        {
            return;
        }

        var own = await desk.ApproveAsync(1, " ANN ", "mine", world.Now, default);
        Assert.Equal((AskedAs.Conflict, "ann proposed it: somebody else has to approve it."), (own.As, own.Sentence));
        var approved = await desk.ApproveAsync(1, "bob", "known", world.Now.AddHours(23), default);
        Assert.Equal((AskedAs.Recorded, (long?)1), (approved.As, approved.Exemption));
        var exemption = Assert.Single(await InForceAsync(world));
        Assert.Equal((kind, subject, "ann", "bob"), (exemption.Kind, exemption.Subject, exemption.Author, exemption.ApprovedBy));
        Assert.Equal(["exemption.proposed ann", "exemption.added ann", "exemption.approved bob"], await TrailAsync(world));
        Assert.Equal($"Proposal 1 was approved by bob at {world.Now.AddHours(23):yyyy-MM-dd HH:mm}Z.", (await desk.DeclineAsync(1, "carol", "no", world.Now.AddHours(24), default)).Sentence);
    }

    [Fact]
    public async Task What_nobody_approves_in_a_day_lapses_and_what_is_declined_covers_nobody()
    {
        await using var world = await World.CreateAsync();
        var (desk, now) = (world.Get<ExemptionDesk>(), world.Now);
        var order = new ExemptionOrder("image", "ami-1", "a course", now.AddDays(3));
        await desk.AddAsync(order, "ann", now, default);

        Assert.Single(await desk.ProposalsAsync(false, now.AddHours(23), default));
        Assert.Empty(await desk.ProposalsAsync(false, now.AddHours(24), default));
        Assert.Equal("expired", Assert.Single(await desk.ProposalsAsync(true, now.AddHours(24), default)).State);
        var late = await desk.ApproveAsync(1, "bob", "known", now.AddHours(24), default);
        Assert.Equal(AskedAs.Conflict, late.As);
        Assert.Contains("since nobody had approved it: propose it anew.", late.Sentence, StringComparison.Ordinal);

        Assert.Equal((long?)2, (await desk.AddAsync(order, "ann", now.AddHours(25), default)).Proposal);
        Assert.Equal(AskedAs.Recorded, (await desk.DeclineAsync(2, "bob", "too wide", now.AddHours(26), default)).As);
        var declined = (await desk.ProposalsAsync(true, now.AddHours(26), default))[0];
        Assert.Equal(("declined", "bob", "too wide"), (declined.State, declined.DecidedBy, declined.Decision));
        Assert.Empty(await InForceAsync(world));
        Assert.Equal(["exemption.proposed ann", "exemption.proposed ann", "exemption.declined bob"], await TrailAsync(world));
        Assert.Equal((AskedAs.Unknown, "There is no proposal 9."), await desk.ApproveAsync(9, "bob", "r", now, default) is var none ? (none.As, none.Sentence) : default);
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_decides_and_the_other_is_told_who_did()
    {
        await using var world = await World.CreateAsync();
        var desk = world.Get<ExemptionDesk>();
        await desk.AddAsync(new("image", "ami-1", "a course", world.Now.AddDays(3)), "ann", world.Now, default);

        var answers = await Task.WhenAll(
            desk.ApproveAsync(1, "bob", "yes", world.Now, default), desk.ApproveAsync(1, "carol", "yes", world.Now, default), desk.DeclineAsync(1, "dave", "no", world.Now, default));

        Assert.Single(answers, answer => answer.As == AskedAs.Recorded);
        Assert.All(answers.Where(answer => answer.As != AskedAs.Recorded), answer => Assert.StartsWith("Proposal 1 was ", answer.Sentence, StringComparison.Ordinal));
        Assert.InRange((await InForceAsync(world)).Count, 0, 1);
    }

    [Fact]
    public async Task Asked_for_at_once_by_a_double_click_it_is_one()
    {
        await using var world = await World.CreateAsync();
        var desk = world.Get<ExemptionDesk>();
        var (until, now) = (world.Now.AddDays(3), world.Now);

        var (own, fleet) = (
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.AddAsync(new("owner", "alice", "a course", until), "ann", now, default))),
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.AddAsync(new("image", "ami-1", "a course", until), "ann", now, default))));

        Assert.Equal((1, 1), (own.Count(one => one.As == AskedAs.Recorded), fleet.Count(one => one.As == AskedAs.Recorded)));
        Assert.Equal((1, 1), (await world.Database.ScalarAsync<long>("select count(*) from exemption"), await world.Database.ScalarAsync<long>("select count(*) from exemption_proposal")));
    }

    [Fact]
    public async Task Exempt_and_release_ties_it_to_the_case_at_the_version_that_was_seen()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync(groups: [["sg-a"]]);
        await world.SettleAsync();
        of = (await world.ShowAsync(of.Id)).Case;

        var answer = await world.Get<ExemptionDesk>().AddAsync(new("owner", "alice", "a course", world.Now.AddDays(3), of.Id, of.Version), "ann", world.Now, default);
        await world.SettleAsync();

        Assert.EndsWith("; request 1 asks for the case's release.", answer.Sentence, StringComparison.Ordinal);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal((CaseStates.Released, "benign_positive"), (whole.Case.State, Assert.Single(whole.Rulings).Ruling));
        Assert.Equal(["sg-a"], world.Ec2["i-1"].Interfaces[0].Groups);
        Assert.Contains(whole.Audit, line => line is { What: "case.exempted", Actor: "ann" });
        Assert.Equal(of.Id, Assert.Single(await InForceAsync(world)).CaseId);
    }

    [Fact]
    public async Task A_proposal_releases_its_case_when_it_is_approved()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        await world.Database.ExecuteAsync("update vm set image_id = 'ami-1'");
        await world.SettleAsync();
        of = (await world.ShowAsync(of.Id)).Case;
        var desk = world.Get<ExemptionDesk>();
        await desk.AddAsync(new("image", "ami-1", "a course", world.Now.AddDays(3), of.Id, of.Version), "ann", world.Now, default);
        await world.SettleAsync();
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);

        Assert.Equal((long?)1, (await desk.ApproveAsync(1, "bob", "known", world.Now, default)).Request);
        await world.SettleAsync();

        Assert.Equal(CaseStates.Released, (await world.ShowAsync(of.Id)).Case.State);
    }

    [Fact]
    public async Task What_would_not_cover_its_case_is_refused_and_exempts_nobody()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync();
        var desk = world.Get<ExemptionDesk>();

        var other = await desk.AddAsync(new("owner", "bob", "a course", world.Now.AddDays(3), of.Id, 1), "ann", world.Now, default);
        Assert.Equal((AskedAs.Wrong, "An exemption by owner bob would not cover the VM of case 1."), (other.As, other.Sentence));
        Assert.Equal(AskedAs.Unknown, (await desk.AddAsync(new("owner", "bob", "a course", world.Now.AddDays(3), 77), "ann", world.Now, default)).As);
        Assert.Equal((0, 0), (await world.Database.ScalarAsync<long>("select count(*) from exemption"), await world.Database.ScalarAsync<long>("select count(*) from request")));
    }

    [Theory]
    [InlineData("vm", "web-1", "r", 1, "'web-1' is no instance id such as i-0123456789abcdef0.")]
    [InlineData("image", "debian", "r", 1, "'debian' is no image id such as ami-0123456789abcdef0.")]
    [InlineData("tag", "=x", "r", 1, "A tag is written key=value, not '=x'.")]
    [InlineData("executable", "python3", "r", 1, "'python3' is no path of a program, such as /opt/course/simulate.")]
    [InlineData("executable", "/tmp/x", "r", 1, "'/tmp/x' lies where anybody may put a program: it names nothing that could be trusted.")]
    [InlineData("colour", "red", "r", 1, "There is no exemption by 'colour': one of vm, owner, image, tag, executable.")]
    [InlineData("owner", " ", "r", 1, "It names nobody: an exemption names what it covers.")]
    [InlineData("owner", "alice", " ", 1, "An exemption needs a reason: it stands in every act that is refused by it.")]
    [InlineData("owner", "alice", "r", 0, "Its end has passed: an exemption ends later than now.")]
    [InlineData("owner", "alice", "r", 91, "Its end is further than 90 days; what is to last longer is renewed.")]
    public void What_names_nobody_has_no_reason_or_no_bounded_end_is_told(string kind, string subject, string reason, int days, string sentence)
    {
        var now = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(sentence, ExemptionRules.Fault(new(kind, subject, reason, now.AddDays(days)), TimeSpan.FromDays(90), now));
    }

    private static Task<IReadOnlyList<Exemption>> InForceAsync(World world) => world.Get<ExemptionBook>().ListAsync(false, world.Now, default);

    private static async Task<string[]> TrailAsync(World world) =>
        (await world.Database.ScalarAsync<string>("select string_agg(what || ' ' || actor, ',' order by id) from audit where what like 'exemption.%'")).Split(',');
}
