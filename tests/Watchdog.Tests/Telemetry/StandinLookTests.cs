using Xunit.Abstractions;

namespace Watchdog.Tests.Telemetry;

/// <summary>The inspection script beside real processes: what it must see of each.</summary>
public class StandinLookTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Fork_churn_is_seen_as_a_rate()
    {
        using var standin = new Standin();
        var snapshot = await standin.LookAsync("forks", look => look.ForksPerSecond >= 100 && Standin.Named(look, "bash") is not null);

        Assert.InRange(snapshot!.ForksPerSecond, 100, 1e6);
        Assert.NotNull(Standin.Named(snapshot, "bash"));
    }

    [Fact]
    public async Task A_loop_is_seen_by_its_file_and_without_children()
    {
        using var standin = new Standin();
        var snapshot = await standin.LookAsync("runaway", look => Standin.Named(look, "server") is { CpuSeconds: > 0 });

        var loop = Standin.Named(snapshot!, "server")!;
        Assert.Equal("./server main", loop.Args);
        Assert.DoesNotContain(snapshot!.TopProcesses, other => other.ParentPid == loop.Pid);
    }

    [Theory]
    [InlineData("build", "cc1plus", "/cc1plus")]
    [InlineData("encode", "ffmpeg", "/ffmpeg")]
    [InlineData("training", "python", "python")]
    [InlineData("archive", "tar", "/tar")]
    [InlineData("words", "grep", "/grep")]
    public async Task Honest_work_is_seen_as_what_it_is(string kind, string comm, string executable)
    {
        using var standin = new Standin();
        var snapshot = await standin.LookAsync(kind, look => Standin.Named(look, comm) is { Exe.Length: > 0, Args.Length: > 0 });
        if (snapshot is null)
        {
            output.WriteLine($"The program that {kind} needs is missing on this machine; the saved snapshot stands for it.");
            return;
        }

        Assert.True(snapshot.Complete);
        Assert.Contains(executable, Standin.Named(snapshot, comm)!.Exe, StringComparison.Ordinal);
    }
}
