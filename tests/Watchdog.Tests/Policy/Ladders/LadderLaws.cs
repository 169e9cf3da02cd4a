using FsCheck;
using FsCheck.Fluent;
using Watchdog.Detectors.Findings;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Ladders;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Policy.Ladders;

public sealed class LadderLaws
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly Rung[] All = Enum.GetValues<Rung>();

    private static readonly Gen<string> LadderTexts = from mask in Gen.Choose(1, 255)
                                                      let rungs = All.Where(rung => (mask & (1 << (int)rung)) != 0).ToList()
                                                      where rungs[^1] != Rung.Propose
                                                      select string.Join(", ", rungs.Select(Rungs.NameOf));

    [Fact]
    public void However_it_goes_an_episode_never_climbs_down_and_comes_to_an_end() =>
        Prop.ForAll((from ladder in LadderTexts
                     from decisive in Gen.Elements(true, false)
                     from endings in Gen.Elements(ActStates.Verified, ActStates.Refused, ActStates.Failed).ArrayOf(10)
                     from hours in Gen.Choose(0, 30).ArrayOf(10)
                     from skip in Gen.Choose(0, 9)
                     select (ladder, decisive, endings, hours, skip)).ToArbitrary(), c =>
        {
            var rungs = Rungs.Read(c.ladder);
            var ladder = ClassLadder.Of(new ClassRule
            {
                Ladder = c.ladder, DecisiveFrom = c.skip < rungs.Count ? Rungs.NameOf(rungs[c.skip]) : null, Persistence = TimeSpan.FromHours(2),
            });
            var (past, now, last, steps) = (Past.None with { ConfirmedAt = At }, At, (Rung?)null, 0);
            for (var i = 0; i < 10; i++)
            {
                now = now.AddHours(c.hours[i]);
                if (LadderRules.Next(ladder, c.decisive, restarted: false, past, now) is not { } place)
                {
                    return last == ladder.Rungs[^1] || last > ladder.Rungs[^1];
                }

                if (place.Rung < last || (place.Rung == last && now >= At.AddHours(2) && ladder.Rungs.Contains(place.Rung)))
                {
                    return false;
                }

                (last, steps) = (place.Rung, steps + 1);
                past = past with { Standing = new(place.Rung, place.Kind is null ? null : c.endings[i], now) };
            }

            return steps <= 10;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Nothing_above_observing_is_proposed_without_two_families_or_a_decisive_piece_from_where_the_guest_is_seen() =>
        Prop.ForAll((from count in Gen.Choose(0, 5)
                     from families in Gen.Elements(Enum.GetValues<Family>()).ArrayOf(count)
                     from weights in Gen.Choose(-5, 5).ArrayOf(count)
                     from decisive in Gen.Elements(true, false).ArrayOf(count)
                     from ladder in LadderTexts
                     from found in Gen.Elements(FindingClass.Miner, FindingClass.ForkBomb, FindingClass.Runaway, FindingClass.Panic)
                     from mode in Gen.Elements(Enum.GetValues<PolicyMode>())
                     select (families, weights, decisive, ladder, found, mode)).ToArbitrary(), c =>
        {
            var evidence = c.families.Select((family, i) => new Evidence(family, "code", c.weights[i], "sentence", c.decisive[i])).ToList();
            var options = new PolicyOptions { Mode = c.mode, Miner = new() { Ladder = c.ladder }, ForkBomb = new() { Ladder = c.ladder }, Runaway = new() { Ladder = c.ladder }, Panic = new() { Ladder = c.ladder } };
            Vm vm = new("i-1", 1, 0, "alice", null, "running", At, "m5.large", 2, null, null, "vpc-1", At, null);
            EpisodeChange change = new(1, EpisodeStep.Confirmed, vm, At, new Finding(c.found, Verdict.Confirmed, 1, "because", evidence));

            var proposal = PolicyRules.Decide(change, null, Past.None, options, At);

            var speaking = evidence.GroupBy(piece => Independence.GroupOf(piece.Family)).Where(group => group.Key >= 0 && group.Sum(piece => piece.Weight) > 0)
                .Select(group => group.Key).ToHashSet();
            var enough = speaking.Any(group => group != Independence.Hypervisor)
                && (speaking.Count >= 2 || evidence.Any(piece => piece.Decisive && piece.Weight > 0 && Independence.GroupOf(piece.Family) >= 0));
            return enough || proposal is { Kind: null, Rung: null };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
