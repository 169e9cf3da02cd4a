using System.Text.RegularExpressions;

namespace Watchdog.Testing;

/// <summary>The program as it was built, beside the tests.</summary>
public static partial class BuiltProgram
{
    private static readonly string Watchdog = Path.Combine(AppContext.BaseDirectory, "watchdog");

    public static Child Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) => Child.Start(Watchdog, arguments, environment);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ended> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var child = Start(arguments, environment);
        return await child.EndAsync();
    }

    /// <summary>A simulated Region in a process of its own, and where it listens.</summary>
    public static async Task<(Child Process, string Url)> SimulateAsync(params string[] arguments)
    {
        var child = Start(["simulate", .. arguments]);
        try
        {
            return (child, await child.WaitForAsync(line => Endpoint().Match(line) is { Success: true } match ? match.Groups["url"].Value : null));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>The environment in which a command works on that endpoint.</summary>
    public static Dictionary<string, string> On(string url, string? database = null, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = url,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "AKIDTEST",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
        };
        if (database is not null)
        {
            environment["Storage__ConnectionString"] = database;
        }

        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return environment;
    }

    [GeneratedRegex(@"^export AWS_ENDPOINT_URL=(?<url>\S+) ")]
    private static partial Regex Endpoint();
}
