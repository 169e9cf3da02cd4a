namespace Watchdog.ClusterTests;

/// <summary>A step of the ledger: the call that it needs, on what, how often, and whether AWS accepted it.</summary>
internal sealed record Asked(string Action, string Target, int Calls, bool Called);

/// <summary>Holds the Region's own record of changes against the ledger.</summary>
internal static class ChangeBook
{
    /// <summary>Counts the changes that took effect, and names those beyond those of its steps.</summary>
    /// <param name="lines">The Region's CSV: at, action, target, error.</param>
    /// <param name="steps">The ledger's.</param>
    public static (int Made, List<string> Repeated) Compare(IEnumerable<string> lines, IReadOnlyCollection<Asked> steps)
    {
        var made = lines.Skip(1).Select(line => line.Split(',')).Where(fields => fields[3].Length == 0)
            .SelectMany(fields => fields[2].Split(' ').Select(target => (Action: fields[1], Target: target)))
            .Where(change => change.Action.StartsWith("ec2:", StringComparison.Ordinal)).ToList();
        var asked = steps.GroupBy(step => (step.Action, step.Target)).ToDictionary(of => of.Key, of => of.Sum(step => step.Calls));
        List<string> repeated = [];
        foreach (var of in made.GroupBy(change => change))
        {
            Assert.True(asked.ContainsKey(of.Key), $"no step of the ledger is {of.Key}");
            repeated.AddRange(Enumerable.Repeat($"{of.Key.Action} {of.Key.Target}", Math.Max(0, of.Count() - asked[of.Key])));
        }

        var happened = made.ToHashSet();
        Assert.All(steps.Where(step => step.Called), step => Assert.Contains((step.Action, step.Target), happened));
        return (made.Count, repeated);
    }
}
