using Watchdog.Cli;
using Watchdog.Diagnostics;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Sessions;
using Watchdog.Testing;

namespace Watchdog.Tests.Cli.Keys;

public sealed class SessionCommandsTests
{
    [Fact]
    public async Task Sessions_are_listed_without_their_secrets_and_ended_by_name()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new SessionBook(database.Source, new Clocks(TimeProvider.System, TimeProvider.System)).BeginAsync("ann", Role.Operator, "oidc", TimeSpan.FromHours(1), default);
        var one = (await CliRun.OnAsync(database, "access", "sessions", "--json")).Json.GetProperty("sessions")[0];
        Assert.Equal(("ann", "operator", "oidc"), (one.GetProperty("name").GetString(), one.GetProperty("role").GetString(), one.GetProperty("method").GetString()));

        var ended = await CliRun.OnAsync(database, "access", "end", "ann", "--reason", "left the team", "--by", "root");
        Assert.Equal((ExitCodes.Ok, "1 session(s) and unused link(s) of ann have ended."), (ended.Exit, ended.Output.Trim()));
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(database, "access", "end", "ann", "--reason", "again")).Exit);
        Assert.Equal("Nobody has signed in.", (await CliRun.OnAsync(database, "access", "sessions")).Output.Trim());
    }
}
