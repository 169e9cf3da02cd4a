using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Verdicts;

namespace Watchdog.Detectors.Tests.Verdicts;

public class ConcludingTests
{
    private static readonly VerdictOptions Options = new();

    private static Evidence Piece(Family family, double weight, bool decisive = false) => new(family, "code-" + family, weight, $"{family} speaks.", decisive);

    private static Verdict Of(bool agrees, params Evidence[] evidence) => Concluding.Conclude(FindingClass.Miner, evidence, agrees, Options).Verdict;

    [Fact]
    public void The_hypervisors_metrics_are_one_family_however_many_pieces()
        => Assert.Equal(Verdict.Suspicion, Of(true, Piece(Family.CpuShape, 4), Piece(Family.NetworkShape, 4), Piece(Family.Credits, 4)));

    [Fact]
    public void Two_families_with_one_from_inside_confirm()
        => Assert.Equal(Verdict.Confirmed, Of(true, Piece(Family.CpuShape, 3), Piece(Family.GuestProcesses, 3)));

    [Fact]
    public void The_same_without_the_hypervisors_agreement_do_not()
        => Assert.Equal(Verdict.Suspicion, Of(false, Piece(Family.GuestConnections, 4), Piece(Family.GuestProcesses, 4)));

    [Theory]
    [InlineData(Family.Agent)]
    [InlineData(Family.Sessions)]
    [InlineData(Family.History)]
    public void Agent_sessions_and_history_never_count_towards_two(Family family)
        => Assert.Equal(Verdict.Suspicion, Of(true, Piece(Family.GuestProcesses, 4), Piece(family, 4)));

    [Fact]
    public void One_decisive_piece_is_enough_where_the_hypervisor_agrees()
    {
        Assert.Equal(Verdict.Confirmed, Of(true, Piece(Family.GuestProcesses, 6, decisive: true)));
        Assert.Equal(Verdict.Suspicion, Of(false, Piece(Family.GuestProcesses, 6, decisive: true)));
    }

    [Fact]
    public void A_family_that_weighs_too_little_does_not_count()
        => Assert.Equal(Verdict.Suspicion, Of(true, Piece(Family.GuestProcesses, 8), Piece(Family.GuestLoad, 0.5)));

    [Fact]
    public void Status_checks_and_console_need_no_agreement()
        => Assert.Equal(Verdict.Confirmed, Of(false, Piece(Family.StatusChecks, 3), Piece(Family.Console, 4)));

    [Fact]
    public void The_reason_leads_with_the_heaviest_piece_for_or_against()
        => Assert.StartsWith("GuestLoad speaks.", Concluding.Conclude(FindingClass.Miner,
            [Piece(Family.CpuShape, 3), Piece(Family.GuestLoad, -5)], true, Options).Reason, StringComparison.Ordinal);

    [Fact]
    public void Codes_of_the_table_are_unique_and_kebab_case()
    {
        var weights = typeof(Weights).GetFields().Select(static field => field.GetValue(null)).OfType<Weight>().ToList();
        Assert.True(weights.Count > 30);
        Assert.Equal(weights.Count, weights.Select(static weight => weight.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(weights, static weight => Assert.Matches("^[a-z]+(-[a-z]+)*$", weight.Code));
    }
}
