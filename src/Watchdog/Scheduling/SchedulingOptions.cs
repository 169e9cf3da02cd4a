using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Scheduling;

/// <summary>Section <c>Scheduling</c>: how workers share the jobs.</summary>
public sealed class SchedulingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Scheduling";

    /// <summary>Jobs at once in one worker, 4 to 256; default 32. Each needs a database connection: Storage:MaxPoolSize must exceed it.</summary>
    [Range(4, 256)]
    public int Slots { get; set; } = 32;

    /// <summary>
    /// Seconds between a worker's signs of life, 1 to 60; default 3. The jobs of a worker that died move after at most twice the sum
    /// of this and <see cref="CheckinGraceSeconds"/>: 16 s.
    /// </summary>
    [Range(1, 60)]
    public int CheckinSeconds { get; set; } = 3;

    /// <summary>Seconds that a sign of life may be late, 1 to 300; default 5. Below a machine's longest pause, the living are taken for dead.</summary>
    [Range(1, 300)]
    public int CheckinGraceSeconds { get; set; } = 5;
}

/// <summary>Checks the ranges above, all of them at once.</summary>
[OptionsValidator]
public sealed partial class SchedulingOptionsValidator : IValidateOptions<SchedulingOptions>;
