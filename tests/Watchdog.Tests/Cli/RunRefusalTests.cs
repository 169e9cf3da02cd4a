using Watchdog.Cli;
using Watchdog.Testing;

namespace Watchdog.Tests.Cli;

/// <summary>What keeps <c>watchdog run</c> from starting is told in a sentence with its mend.</summary>
public sealed class RunRefusalTests
{
    [Fact]
    public async Task A_database_without_the_schedulers_tables_is_told_with_the_command_that_makes_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var ended = (await BuiltProgram.RunAsync(BuiltProgram.On("http://127.0.0.1:1", database.ConnectionString), "run")).With(ExitCodes.Unavailable);
        Assert.Equal("the database lacks the scheduler's tables (qrtz_*): run `watchdog migrate`", ended.Errors.Trim());
    }

    [Theory]
    // Lists and dictionaries would leave such an entry out without a word.
    [InlineData("Alerts__Routing__Routes__0__From", "Criticl", "Criticl")]
    [InlineData("Alerts__Muting__Maintenance__0__From", "tomorrow", "tomorrow")]
    [InlineData("Alerts__Receivers__pager__TimeoutSeconds", "soon", "soon")]
    [InlineData("Alerts__Routing__Routes__0__Recievers__0", "pager", "'Recievers'")]
    [InlineData("Alerts__Incidents__KeepDay", "3", "'KeepDay'")]
    public async Task A_key_or_a_value_of_alerts_that_cannot_be_read_is_named(string key, string value, string named)
    {
        await using var database = await TestDatabase.CreateAsync();
        var ended = (await BuiltProgram.RunAsync(BuiltProgram.On("http://127.0.0.1:1", database.ConnectionString, (key, value)), "run")).With(ExitCodes.Usage);
        Assert.Contains(named, ended.Errors, StringComparison.Ordinal);
    }
}
