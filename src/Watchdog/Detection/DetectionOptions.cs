using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Detection;

/// <summary>Settings of the sweep's looks; section <c>Detection</c>.</summary>
public sealed class DetectionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Detection";

    /// <summary>VMs whose windows are read and judged together, 500 to 50,000. Larger fills more pages at once and holds more memory (144 bytes a VM).</summary>
    [Range(500, 50_000)]
    public int ScreenBlock { get; set; } = 5_000;

    /// <summary>VMs whose 48 hours of context are read together, 10 to 500. Memory is about 21 kB a VM.</summary>
    [Range(10, 500)]
    public int ContextBlock { get; set; } = 100;

    /// <summary>VMs without a baseline whose history is read from CloudWatch in one sweep of all shards, 0 to 20,000. 0: every VM starts cold and takes 12 hours to have a usual level.</summary>
    [Range(0, 20_000)]
    public int NewcomersASweep { get; set; } = 2_000;

    /// <summary>Minutes for which a failing status check is taken for a blip of AWS, 0 to 30. Lower finds dead VMs sooner and asks about more that heal by themselves.</summary>
    [Range(0, 30)]
    public int BlipMinutes { get; set; } = 5;

    /// <summary>Looks inside that one sweep may begin, 1 to 5,000; the rest stay due. Each costs an SSM command.</summary>
    [Range(1, 5_000)]
    public int LooksASweep { get; set; } = 500;

    /// <summary>
    /// Whether a new plateau that traffic or disk explains gets one look inside too. Off saves some 50 SSM commands a day per 1,000 VMs, and
    /// lets a miner work unseen beside a busy owner.
    /// </summary>
    public bool LookIntoExplained { get; set; } = true;

    /// <summary>Minutes between a VM's first look inside and its second, 5 to 10. An act needs both, unless a piece of evidence is decisive.</summary>
    [Range(5, 10)]
    public int SecondLookMinutes { get; set; } = 5;

    /// <summary>Days for which a benign outcome is remembered, 1 to 30. Longer costs fewer triages; where the program is unknown, a miner at the same level and I/O hides for longer.</summary>
    [Range(1, 30)]
    public int BenignDays { get; set; } = 14;

    /// <summary>
    /// File of the indicators of mining (names, arguments, pools, wallets, ports). Null: the one beside the program. A changed file holds from the
    /// next sweep on, without a restart, and suspects and benign memories are judged anew; a bad one is refused and the old set stays.
    /// </summary>
    public string? IndicatorsFile { get; set; }

    /// <summary>Wall seconds that a one-shot sweep waits for answers from inside, 0 to 600.</summary>
    [Range(0, 600)]
    public int WaitSeconds { get; set; } = 60;
}

/// <summary>Reports every wrong setting at once, before anything starts.</summary>
[OptionsValidator]
internal sealed partial class DetectionOptionsValidator : IValidateOptions<DetectionOptions>;
