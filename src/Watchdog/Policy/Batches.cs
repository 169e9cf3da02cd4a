using Npgsql;
using Watchdog.Detectors.Findings;
using Watchdog.Ledger;
using EpisodeChange = Watchdog.Detection.EpisodeChange;

namespace Watchdog.Policy;

/// <summary>One owner's plateaus that began together: one matter for people. Acts stay per VM.</summary>
public static class Batches
{
    private static readonly FindingClass[] Plateaus = [FindingClass.Miner, FindingClass.Runaway];

    /// <summary>
    /// Sees whether the change's case belongs to a batch, and gathers it: the others get their lead, and their acts that have not begun wait for
    /// a person. Runs in the caller's transaction.
    /// </summary>
    /// <returns>The batch's sentence; null when there is none.</returns>
    public static async Task<string?> GatherAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CaseRecord of, EpisodeChange change, PolicyOptions options, DateTimeOffset now,
        CancellationToken ct)
    {
        if (options.BatchVms == 0 || !Plateaus.Contains(change.Finding.Class))
        {
            return null;
        }

        var near = await CaseBatch.LockOpenAsync(
            connection, transaction, of.Owner, [.. Plateaus.Select(Finding.NameOf)], change.Onset - options.BatchWindow, change.Onset + options.BatchWindow, ct);
        var together = Together(near, change.Onset, options);
        if (together.Count == 0 && of is { LeadCase: null, Followers: 0 })
        {
            return null;
        }

        // Once of a batch, always: VMs that are let go one by one do not set the machine on the rest.
        List<long> members = [.. together.Select(member => member.CaseId).Append(of.Id).Distinct()];
        var lead = near.Where(member => members.Contains(member.CaseId)).Select(member => member.LeadCase).Append(of.LeadCase).FirstOrDefault(id => id is not null)
            ?? members.Min();
        var sentence = $"One of several VMs of owner {of.Owner} with a plateau that began within {options.BatchWindow:c}: a batch at work or a mass compromise, see case {lead}. A person decides.";
        await CaseBatch.GatherAsync(connection, transaction, lead, members, sentence, now, ct);
        return sentence;
    }

    /// <summary>The largest set of cases, this one's onset among them, that began within one window; empty when it is too small.</summary>
    public static IReadOnlyList<BatchMember> Together(IReadOnlyList<BatchMember> near, DateTimeOffset onset, PolicyOptions options)
    {
        List<BatchMember> largest = [];
        foreach (var first in near)
        {
            List<BatchMember> window = [.. near.Where(member => member.Onset >= first.Onset && member.Onset <= first.Onset + options.BatchWindow)];
            var holds = first.Onset <= onset && onset <= first.Onset + options.BatchWindow;
            if (holds && window.Select(member => member.CaseId).Distinct().Count() is var count && count >= options.BatchVms && count > largest.Count)
            {
                largest = window;
            }
        }

        return largest;
    }
}
