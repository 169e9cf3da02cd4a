using Watchdog.Detectors.Abuse;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;

namespace Watchdog.Detectors.Tests.Abuse;

/// <summary>Which process a finding names, so that it and no other is restrained.</summary>
public class CulpritTests
{
    private static Culprit? Of(FindingClass found, GuestSnapshot snapshot, GuestSnapshot? earlier = null) => Culprit.Of(found, snapshot, earlier, 2, new());

    [Fact]
    public void A_runaway_is_the_process_that_its_evidence_names()
    {
        var culprit = Of(FindingClass.Runaway, Guests.Spinner)!;

        Assert.Equal((4242, false), (culprit.Process.Pid, culprit.Crowd));
        Assert.Contains(RunawayDetector.Judge(Given.Case(Guests.Spinner, 50), new()).Evidence, piece => piece.Sentence.Contains("Process 4242 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bomb_is_named_by_the_member_of_its_crowd_that_has_lived_longest()
    {
        var young = Guests.ForkStorm.TopProcesses;
        var storm = Guests.ForkStorm with
        {
            TopProcesses = [.. young, young[3] with { Pid = 4999, AgeSeconds = 900 }, young[0] with { Pid = 1, Uid = 0, Comm = "systemd", AgeSeconds = 1e6 }],
        };

        var culprit = Of(FindingClass.ForkBomb, storm)!;

        Assert.Equal((4999, true), (culprit.Process.Pid, culprit.Crowd));
    }

    [Fact]
    public void Processes_of_another_owner_do_not_make_a_crowd_larger()
    {
        var process = Guests.ForkStorm.TopProcesses[0];
        var snapshot = Guests.With([process with { Pid = 1, Uid = 0 }, process with { Pid = 2, Uid = 1000 }, process with { Pid = 3, Uid = 1001 }, process with { Pid = 4, Uid = -1 }]);

        Assert.Null(Of(FindingClass.ForkBomb, snapshot));
    }

    [Theory]
    [InlineData(FindingClass.Miner)]
    [InlineData(FindingClass.Panic)]
    [InlineData(FindingClass.Idle)]
    public void Other_classes_name_no_process(FindingClass found) => Assert.Null(Of(found, Guests.Spinner));

    [Fact]
    public void A_guest_without_an_old_process_has_no_runaway() =>
        Assert.Null(Of(FindingClass.Runaway, Guests.With(Guests.Process("/home/u/a", "./a", 1, 0.1))));
}
