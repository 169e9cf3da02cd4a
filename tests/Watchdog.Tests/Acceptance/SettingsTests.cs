namespace Watchdog.Tests.Acceptance;

/// <summary>What a user wrote wrongly comes back as words and an exit code, before anything is done.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("watchdog-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("sweep")]
    [InlineData("run")]
    public async Task Every_wrong_setting_is_told_at_once(string command)
    {
        var file = Write("""{ "Policy": { "Mode": "Perhaps" }, "Aws": { "RateShare": 9, "TimeoutSeconds": 0 }, "Storage": { "MaxPoolSize": "many" } }""");

        var ended = (await BuiltProgram.RunAsync(null, command, "--config", file, "--data", Data)).With(2);

        Assert.All(["Policy:Mode", "RateShare", "TimeoutSeconds", "Storage:MaxPoolSize"], name => Assert.Contains(name, ended.Errors, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Data), ended.Told);
    }

    [Fact]
    public async Task A_value_that_the_scheduler_cannot_read_is_no_stack_trace()
    {
        var file = Write("""{ "Scheduling": { "Slots": "several" } }""");
        var ended = (await BuiltProgram.RunAsync(null, "run", "--config", file, "--data", Data)).With(2);
        Assert.Contains("Scheduling:Slots", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_settings_file_is_named_with_the_place()
    {
        var file = Write("{ \"Policy\": \n  oops }");
        var ended = (await BuiltProgram.RunAsync(null, "sweep", "--config", file, "--data", Data)).With(2);
        Assert.Contains(file, ended.Errors, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_not_there_is_named()
    {
        var file = Path.Combine(folder, "absent.json");
        var ended = (await BuiltProgram.RunAsync(null, "sweep", "--config", file, "--data", Data)).With(3);
        Assert.Contains(file, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_in_a_sentence()
    {
        var environment = BuiltProgram.On("http://127.0.0.1:1", "Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=5");
        var ended = (await BuiltProgram.RunAsync(environment, "sweep")).With(3);
        Assert.Contains("127.0.0.1:1", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_Region_the_user_is_told_what_to_set()
    {
        await using var database = await Testing.TestDatabase.CreateAsync();
        var ended = (await BuiltProgram.RunAsync(new Dictionary<string, string> { ["Storage__ConnectionString"] = database.ConnectionString }, "sweep")).With(2);
        Assert.Contains("AWS_REGION", ended.Errors, StringComparison.Ordinal);
    }

    private string Data => Path.Combine(folder, "data");

    private string Write(string json)
    {
        var file = Path.Combine(folder, "settings.json");
        File.WriteAllText(file, json);
        return file;
    }
}
