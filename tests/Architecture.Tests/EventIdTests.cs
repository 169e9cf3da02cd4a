using System.Reflection;
using System.Text.RegularExpressions;
using Watchdog.Diagnostics;

namespace Watchdog.Architecture.Tests;

public partial class EventIdTests
{
    [Fact]
    public void Every_event_id_is_used_once()
    {
        var table = typeof(Clocks).Assembly.GetType("Watchdog.Diagnostics.EventIds", throwOnError: true)!;
        var ids = table.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (field.Name, Id: (int)field.GetRawConstantValue()!)).ToList();
        Assert.NotEmpty(ids);
        var twice = ids.GroupBy(entry => entry.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => entry.Name))}").ToList();
        Assert.True(twice.Count == 0, string.Join(Environment.NewLine, twice));
    }

    [Fact]
    public void Every_event_id_is_logged_by_one_message_and_no_message_has_an_id_of_its_own()
    {
        var table = typeof(Clocks).Assembly.GetType("Watchdog.Diagnostics.EventIds", throwOnError: true)!;
        var messages = Repository.SourceFiles("src/Watchdog").SelectMany(path => LoggedId().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["id"].Value).ToList();
        Assert.Equal(table.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => "EventIds." + field.Name).Order(StringComparer.Ordinal), messages.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?<id>[^,\s]+)")]
    private static partial Regex LoggedId();
}
