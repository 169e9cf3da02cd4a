using Microsoft.Extensions.Options;
using Watchdog.Detection;
using Watchdog.Diagnostics;
using Watchdog.Inventory;

namespace Watchdog.Sweeps;

/// <summary>The looks of a sweep in their order, each deeper and at fewer VMs than the one before (DESIGN 4.3).</summary>
public sealed class Looks(
    HealthLook health, ScreenLook screen, Newcomers newcomers, TriageLook triage, NetworkLook network, InspectionLook inspection,
    Judging judging, Episodes episodes, Clocks clocks, IOptions<DetectionOptions> options)
{
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(2);

    /// <summary>Status checks, free and each minute: who has failed for longer than a blip.</summary>
    public void Health(ShardView view) => health.Run(view);

    /// <summary>CPU of every VM that is due.</summary>
    public Task ScreenAsync(ShardView view, IReadOnlyList<Vm> due, CancellationToken ct) => screen.RunAsync(view, due, ct);

    /// <summary>Context of what the screen found new, network of what is judged, and the past of VMs not known before.</summary>
    public async Task TriageAsync(ShardView view, int shards, bool readPast, CancellationToken ct)
    {
        await triage.RunAsync(view, ct);
        await network.RunAsync(view, ct);
        if (readPast)
        {
            await newcomers.RunAsync(view, shards, ct);
        }
    }

    /// <summary>The look inside. A complete pass waits for its answers, paced and within its bound; a cadence leaves them to later runs.</summary>
    public async Task InspectAsync(ShardView view, SweepDepth depth, CancellationToken ct)
    {
        await inspection.RunAsync(view, ct);
        if (depth == SweepDepth.Cadence)
        {
            return;
        }

        var start = clocks.Wall.GetTimestamp();
        while (clocks.Wall.GetElapsedTime(start) < TimeSpan.FromSeconds(options.Value.WaitSeconds) && await inspection.ReadAsync(view, ct))
        {
            await Task.Delay(BetweenReads, clocks.Wall, ct);
        }
    }

    /// <summary>All detectors over what is known.</summary>
    public void Judge(ShardView view) => judging.Run(view);

    /// <summary>Findings to episodes.</summary>
    public Task<IReadOnlyList<EpisodeMove>> FoldAsync(ShardView view, CancellationToken ct) => episodes.FoldAsync(view, ct);
}
