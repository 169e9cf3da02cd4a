using Watchdog.Ledger;

namespace Watchdog.Tests.Drills;

/// <summary>A VM under drill: its case, and what it was before.</summary>
internal sealed record CrashSubject(string Id, long CaseId, string Description, string Guards, IReadOnlyDictionary<string, string> Groups);

/// <summary>One VM's way through an act and its release, and what must be true after each.</summary>
/// <param name="more">How many changes of groups more than needed may be made: each undoes or repeats one of unknown fate.</param>
internal sealed class CrashRound(CrashStage stage, string kind, int more = 1)
{
    // What a start changes, as the plan names it.
    private static readonly string[] NamedDifferences = ["launchTime", "reason", "usageOperationUpdateTime"];

    public async Task<CrashSubject> BeginAsync(string id)
    {
        var (description, guards, groups) = (await stage.Region.DescribeAsync(id), await stage.Region.GuardsAsync(id), await stage.Region.GroupsAsync(id));
        Assert.Equal(4, groups.Count);
        return new CrashSubject(id, await stage.ProposeAsync(id, kind), description, guards, groups);
    }

    /// <summary>A life that is killed at the next point, then lives that end by themselves, and the check; true when there was a point and it was reached.</summary>
    public async Task<bool> SurviveAsync(PointQueue points, Func<Task> assert)
    {
        var killed = points.Next() is { } point && await stage.DieAsync(point);
        (await stage.LiveAsync()).With(0);
        await assert();
        return killed;
    }

    public async Task AssertDoneAsync(CrashSubject of, KillPoint? after)
    {
        var told = $"{kind} of {of.Id} after a kill at {after}";
        var whole = await stage.ShowAsync(of.CaseId);
        var act = Assert.Single(whole.Acts);
        Assert.True(act.State == (kind == ActKinds.Stop ? ActStates.Verified : ActStates.Applied), $"{told}: {act.State}, {act.Detail}");
        AssertWhole(whole, told);
        Assert.True(whole.Audit.Count(line => line.What == $"act.{act.State}") == 1, told);
        var vm = await stage.Region.ReadAsync(of.Id);
        var containment = await stage.Region.OfRoleAsync("quarantine");
        Assert.True(kind == ActKinds.Stop
            ? vm.State!.Name == "stopped"
            : vm.NetworkInterfaces!.All(card => card.Groups!.All(g => containment.Contains(g.GroupId!))), told);
        AssertOnce(of.Id, told, kind == ActKinds.Stop ? ["StopInstances"] : [], tags: 1, untags: 0);
        await AssertClosedAsync(of.Id, told);
    }

    public async Task AssertReleasedAsync(CrashSubject of, KillPoint? after)
    {
        var told = $"release of {of.Id} ({kind}) after a kill at {after}";
        var whole = await stage.ShowAsync(of.CaseId);
        var acts = string.Join(", ", whole.Acts.Select(a => $"{a.Kind} {a.State} {a.Detail}"));
        Assert.True(whole.Acts.Select(a => a.State).SequenceEqual([ActStates.Released, ActStates.Verified]), $"{told}: {acts}");
        Assert.True(whole.Case.State == CaseStates.Released && whole.Requests.All(r => r.State == "done"), told);
        AssertWhole(whole, told);
        AssertSame(of.Description, await stage.Region.DescribeAsync(of.Id), told);
        Assert.Equal(of.Guards, await stage.Region.GuardsAsync(of.Id));
        Assert.Equal(of.Groups, await stage.Region.GroupsAsync(of.Id));
        AssertOnce(of.Id, told, kind == ActKinds.Stop ? ["StopInstances", "StartInstances"] : [], tags: 1, untags: 1);
        await AssertClosedAsync(of.Id, told);
    }

    // The Region's own record against the ledger: what is not a change of groups was made once.
    private void AssertOnce(string id, string told, string[] power, int tags, int untags)
    {
        var changes = stage.Region.Changes.Where(change => change.Vm == id).Select(change => change.Action).ToList();
        var made = changes.GroupBy(action => action).ToDictionary(of => of.Key, of => of.Count());
        var all = string.Join(", ", changes);
        Assert.True(made.GetValueOrDefault("CreateTags") == tags && made.GetValueOrDefault("DeleteTags") == untags, $"{told}: {all}");
        Assert.True(made.GetValueOrDefault("ModifyInstanceAttribute") == (kind == ActKinds.Stop ? 0 : 2 * (tags + untags)), $"{told}: {all}");
        Assert.All(power, action => Assert.True(made.GetValueOrDefault(action) == 1, $"{told}: {all}"));
        var groups = kind == ActKinds.Stop ? 0 : 8 + (4 * untags);
        Assert.True(made.GetValueOrDefault("ModifyNetworkInterfaceAttribute") - groups is var over && over >= 0 && over <= more, $"{told}: {all}");
        Assert.Empty(made.Keys.Except(["CreateTags", "DeleteTags", "ModifyInstanceAttribute", "ModifyNetworkInterfaceAttribute", .. power]));
    }

    private static void AssertWhole(WholeCase whole, string told)
    {
        Assert.True(whole.Steps.All(step => step.State is StepStates.Done or StepStates.Skipped), $"{told}: a step is not done");
        Assert.True(whole.Steps.All(step => step.ExposedAt is null || step.CoveredAt is not null), $"{told}: an interface counts as exposed");
        var lines = whole.Audit.Where(line => line.What.StartsWith("act.", StringComparison.Ordinal)).Select(line => (line.What, line.DataJson)).ToList();
        Assert.True(lines.Count == lines.Distinct().Count(), $"{told}: an act's line is in the audit trail twice");
    }

    // No interface stands in the allow-all group.
    private async Task AssertClosedAsync(string id, string told)
    {
        var conversion = await stage.Region.OfRoleAsync("conversion");
        var groups = await stage.Region.GroupsAsync(id);
        Assert.True(groups.Values.All(of => !conversion.Contains(of)), $"{told}: an interface is open");
        Assert.Equal(0, await stage.ScalarAsync<long>("select count(*) from step where exposed_at is not null and covered_at is null"));
    }

    private void AssertSame(string before, string after, string told)
    {
        if (kind != ActKinds.Stop)
        {
            Assert.True(before == after, $"{told}: DescribeInstances differs:\n{before}\n{after}");
            return;
        }

        var (was, now) = (Without(before), Without(after));
        Assert.True(was == now, $"{told}: DescribeInstances differs by more than the plan named:\n{was}\n{now}");
    }

    private static string Without(string xml) => NamedDifferences.Aggregate(xml, (text, name) =>
        System.Text.RegularExpressions.Regex.Replace(text, $"<{name}>.*?</{name}>|<{name}/>", ""));
}
