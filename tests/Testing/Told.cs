using Xunit.Abstractions;

namespace Watchdog.Testing;

/// <summary>What a drill tells of itself when it passes: in the test's output, and in the file that <c>scripts/drills</c> prints at its end.</summary>
public static class Told
{
    private static readonly Lock Gate = new();

    public static void Tell(this ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("WATCHDOG_DRILLS_TOLD") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(file, line + Environment.NewLine);
            }
        }
    }
}
