using Watchdog.Cli;
using Watchdog.Testing;

namespace Watchdog.Tests.Cli.Keys;

public sealed class KeysCommandTests
{
    [Fact]
    public async Task A_key_is_shown_once_listed_without_its_secret_and_revoked()
    {
        await using var database = await TestDatabase.CreateAsync();
        var added = await CliRun.OnAsync(database, "keys", "add", "--name", "control plane", "--scope", "admission:read", "--expires", "90d", "--by", "ann");
        Assert.Equal(ExitCodes.Ok, added.Exit);
        Assert.StartsWith("wdk_1_", added.Output, StringComparison.Ordinal);

        var listed = await CliRun.OnAsync(database, "keys", "list", "--json");
        var key = listed.Json.GetProperty("keys")[0];
        Assert.Equal(("control plane", "ann", "admission:read"), (key.GetProperty("name").GetString(), key.GetProperty("created_by").GetString(), key.GetProperty("scopes")[0].GetString()));
        Assert.DoesNotContain(added.Output.Trim()["wdk_1_".Length..], listed.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Ok, (await CliRun.OnAsync(database, "keys", "revoke", "1", "--reason", "lost")).Exit);
        Assert.Equal(ExitCodes.NotHealthy, (await CliRun.OnAsync(database, "keys", "revoke", "1", "--reason", "lost")).Exit);
        Assert.Equal("No key.", (await CliRun.OnAsync(database, "keys", "list")).Output.Trim());
        Assert.Contains("control plane", (await CliRun.OnAsync(database, "keys", "list", "--all")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("900d", "--expires 900d is further than 731 days; what is to last longer is renewed.")]
    [InlineData("soon", "--expires does not understand 'soon': an instant (2026-01-31T12:00Z) or how long from now (90m, 12h, 30d).")]
    public async Task An_end_that_makes_no_sense_makes_no_key(string expires, string message)
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await CliRun.OnAsync(database, "keys", "add", "--name", "n", "--scope", "admission:read", "--expires", expires);
        Assert.Equal((ExitCodes.Usage, message), (run.Exit, run.Error.Trim()));
    }

    [Fact]
    public void A_scope_that_there_is_none_of_is_refused() =>
        Assert.NotEmpty(CommandLine.Create().Parse(["keys", "add", "--name", "n", "--scope", "all"]).Errors);
}
