using Watchdog.Alerts;
using Watchdog.Tests.Dashboards;

namespace Watchdog.Tests.Alerts;

public sealed class KindTests
{
    public static TheoryData<string> Kinds => [.. IncidentKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_a_next_step_a_board_and_a_runbook_of_the_common_shape(string kind)
    {
        var rule = KindTable.Of(kind);
        Assert.EndsWith(".", rule.NextStep, StringComparison.Ordinal);
        Assert.Contains(rule.Board, DashboardFolder.Read().Values.Select(board => board.GetProperty("uid").GetString()));
        var text = File.ReadAllText(Path.Combine(DashboardFolder.Runbooks, $"{rule.Runbook}.md"));
        Assert.StartsWith($"# {rule.Runbook}\n", text, StringComparison.Ordinal);
        string[] parts = ["**What it means.**", "**Why it matters.**", "**Look first**", "**Mend.**", "**Silence.**", "**Escalate.**"];
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(parts, parts.OrderBy(part => text.IndexOf(part, StringComparison.Ordinal)));
        Assert.All(["\n1. ", "\n2. ", "\n3. "], step => Assert.Contains(step, text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_runbook_is_of_a_kind_that_is_gone() => Assert.Empty(
        Directory.EnumerateFiles(DashboardFolder.Runbooks, "Incident*.md").Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(IncidentKinds.All.Select(kind => KindTable.Of(kind).Runbook)));

    [Fact]
    public void The_manual_names_every_kind()
    {
        var manual = File.ReadAllText(Path.Combine(DashboardFolder.Runbooks, "..", "alerts.md"));
        Assert.All(IncidentKinds.All, kind => Assert.Contains($"\n| `{kind}` |", manual, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, Severity.Warning, Severity.Warning)]
    [InlineData(10, Severity.Warning, Severity.Error)]
    [InlineData(50, Severity.Warning, Severity.Critical)]
    [InlineData(1, Severity.Critical, Severity.Critical)]
    public void Abuse_grows_worse_with_its_size_and_never_milder_than_its_worst_member(int size, Severity worst, Severity expected) =>
        Assert.Equal(expected, KindTable.Of(IncidentKinds.Abuse).Of(worst, size));
}
