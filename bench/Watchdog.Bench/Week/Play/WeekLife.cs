using System.Globalization;
using System.Text.Json;
using Watchdog.Diagnostics;

namespace Watchdog.Bench.Week.Play;

/// <summary>
/// One life of the worker in a process of its own, which may be killed at any instruction. It reads a <see cref="WeekBirth"/> from its standard input, then for each pass a line
/// with the instant and the next one, and tells <c>step</c> (and waits for the answer: the fleet's clock goes first) and <c>done</c>. It ends with its input.
/// </summary>
internal static class WeekLife
{
    /// <summary>The mode's name on the command line.</summary>
    public const string Name = "week-life";

    /// <summary>Before the instant to which the worker steps the clock.</summary>
    public const string Step = "step";

    /// <summary>Before the failures so far, and what AWS has cost.</summary>
    public const string Done = "done";

    /// <summary>Runs.</summary>
    public static async Task<int> RunAsync()
    {
        var birth = JsonSerializer.Deserialize<WeekBirth>(await HearAsync())!;
        var clock = new SteppedTime(birth.At);
        await using var worker = await WeekWorker.StartAsync(birth, clock, async at =>
        {
            await TellAsync($"{Step} {at.Ticks}");
            await HearAsync();
            clock.StepTo(at);
        });
        while (await Console.In.ReadLineAsync() is { } pass)
        {
            var instants = pass.Split(' ');
            clock.StepTo(InstantOf(instants[0]));
            await worker.PassAsync(InstantOf(instants[1]), CancellationToken.None);
            await TellAsync($"{Done} {worker.Failures} {worker.Usd}");
        }

        return 0;
    }

    /// <summary>An instant as it is told.</summary>
    public static DateTimeOffset InstantOf(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static async Task<string> HearAsync() => await Console.In.ReadLineAsync() ?? throw new EndOfStreamException("Whoever plays the week has ended.");

    private static async Task TellAsync(FormattableString line)
    {
        await Console.Out.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
        await Console.Out.FlushAsync();
    }
}
