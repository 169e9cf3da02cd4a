using System.Reflection;
using Watchdog.Diagnostics;

namespace Watchdog.Architecture.Tests;

public class EventIdTests
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
}
