using System.CommandLine;

namespace Watchdog.Cli.Remote;

/// <summary><c>--server URL</c>: a command asks a worker's API in place of the database.</summary>
internal static class ServerOption
{
    private const string Name = "--server";

    /// <summary>Where the key stands.</summary>
    public const string Key = "WATCHDOG_KEY";

    /// <summary>Where the name of a file with the key stands.</summary>
    public const string KeyFile = "WATCHDOG_KEY_FILE";

    /// <summary>Adds it.</summary>
    public static void AddTo(Command command) => command.Add(new Option<string?>(Name)
    {
        Description = $"Ask the API of a worker there, e.g. https://watchdog.example.com, in place of the database. The key is in {Key}, or in the file that {KeyFile} names, and says who asks.",
        HelpName = "URL",
    });

    /// <summary>The option as it was given, with a blank before it, to be said again; empty where it was not.</summary>
    public static string Again(ParseResult parse) => parse.GetValue<string?>(Name) is { } server ? $" {Name} {server}" : "";

    /// <summary>The client for it; null: it was not given.</summary>
    /// <exception cref="UsageException">The address or the key is none.</exception>
    public static ApiClient? Open(ParseResult parse)
    {
        if (parse.GetValue<string?>(Name) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.UserInfo.Length > 0 || server.AbsolutePath != "/" || server.Query.Length > 0)
        {
            throw new UsageException($"{Name} takes a worker's address, such as https://watchdog.example.com, not '{text}'.");
        }

        if (server.Scheme == "http" && !server.IsLoopback)
        {
            throw new UsageException($"{Name} {text} would tell the key to everybody on the way: use https.");
        }

        var key = Environment.GetEnvironmentVariable(KeyFile) is { Length: > 0 } file ? File.ReadAllText(file).Trim() : Environment.GetEnvironmentVariable(Key)?.Trim();
        return string.IsNullOrEmpty(key) || key.Any(c => c is <= ' ' or > '~')
            ? throw new UsageException($"{Name} needs a key: put it into {Key}, or its file's name into {KeyFile}. `watchdog keys add --scope ops:act` makes one.")
            : new ApiClient(server, key);
    }
}
