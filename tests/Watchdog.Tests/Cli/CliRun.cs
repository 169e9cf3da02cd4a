using System.CommandLine;
using System.Text.Json;
using Watchdog.Cli;
using Watchdog.Testing;

namespace Watchdog.Tests.Cli;

/// <summary>One command, run in this process against a test's database, as a person runs it with <c>--config</c>.</summary>
internal sealed record CliRun(int Exit, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<CliRun> OnAsync(TestDatabase database, params string[] words)
    {
        var config = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new { Storage = new { database.ConnectionString, MaxPoolSize = 8 } }));
            return await AloneAsync([.. words, "--config", config]);
        }
        finally
        {
            File.Delete(config);
        }
    }

    /// <summary>One command that no database stands behind.</summary>
    public static async Task<CliRun> AloneAsync(params string[] words)
    {
        await using StringWriter output = new(), error = new();
        var exit = await CommandLine.Create().Parse(words).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return new(exit, output.ToString(), error.ToString());
    }
}
