using System.Globalization;
using Watchdog.AwsClients.Tests.Loopback;

namespace Watchdog.AwsClients.Tests.Golden;

/// <summary>The files of an operation, copied beside the test's assembly.</summary>
internal static class GoldenFile
{
    public static string Read(string operation, string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", operation, name));

    /// <summary>A file of: the status, headers, an empty line, the body without the file's last line feed.</summary>
    public static Answer Answer(string operation, string name)
    {
        var text = Read(operation, name);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = text[..end].Split('\n');
        var headers = head[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        headers.Remove("Content-Type", out var type);
        return new(int.Parse(head[0], CultureInfo.InvariantCulture), text[(end + 2)..].TrimEnd('\n'), type!) { Headers = headers };
    }
}
