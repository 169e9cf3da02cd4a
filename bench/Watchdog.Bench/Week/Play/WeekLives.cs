using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Watchdog.Bench.Week.Play;

/// <summary>The worker as a child process (<see cref="WeekLife"/>): when its life is ended by force, another one begins at the same instant.</summary>
/// <param name="program">What runs <see cref="WeekLife"/>.</param>
/// <param name="killer">Who ends lives.</param>
internal sealed class WeekLives(string program, WeekStage stage, WeekKiller killer) : IWeekWorker
{
    private Process? life;
    private (int Failures, decimal Usd) before;
    private (int Failures, decimal Usd) told;

    /// <inheritdoc/>
    public int Failures => before.Failures + told.Failures;

    /// <inheritdoc/>
    public decimal Usd => before.Usd + told.Usd;

    /// <inheritdoc/>
    public async Task PassAsync(DateTimeOffset next, CancellationToken ct)
    {
        var done = false;
        while (!done)
        {
            life ??= await BeginAsync();
            killer.Begins(life);
            done = await LiveAsync(life, next, ct);
            if (await killer.EndedAsync())
            {
                await BuryAsync();
            }
            else if (!done)
            {
                throw new InvalidOperationException($"The worker's process ended by itself at {stage.Clock.GetUtcNow():O}; what it wrote is on standard error.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (life is { } last)
        {
            last.StandardInput.Close();
            await last.WaitForExitAsync();
            last.Dispose();
        }
    }

    private async Task<Process> BeginAsync()
    {
        var begun = Process.Start(new ProcessStartInfo(program, [WeekLife.Name]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await SayAsync(begun, JsonSerializer.Serialize(stage.Birth with { At = stage.Clock.GetUtcNow() }));
        return begun;
    }

    // False: it ended before its pass did.
    private async Task<bool> LiveAsync(Process worker, DateTimeOffset next, CancellationToken ct)
    {
        await SayAsync(worker, string.Create(CultureInfo.InvariantCulture, $"{stage.Clock.GetUtcNow().Ticks} {next.Ticks}"));
        while (await worker.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            switch (line.Split(' '))
            {
                case [WeekLife.Step, var at]:
                    stage.Clock.StepTo(WeekLife.InstantOf(at));
                    await killer.TurnsAsync(ct);
                    await SayAsync(worker, "");
                    break;
                case [WeekLife.Done, var failures, var usd]:
                    told = (int.Parse(failures, CultureInfo.InvariantCulture), decimal.Parse(usd, CultureInfo.InvariantCulture));
                    return true;
            }
        }

        return false;
    }

    // What its last pass cost, if that did not end, nobody knows.
    private async Task BuryAsync()
    {
        await life!.WaitForExitAsync();
        life.Dispose();
        (life, before, told) = (null, (Failures, Usd), default);
    }

    private static async Task SayAsync(Process worker, string line)
    {
        try
        {
            await worker.StandardInput.WriteLineAsync(line);
            await worker.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It was killed: its output tells.
        }
    }
}
