using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics.Otlp;

namespace Watchdog.Diagnostics;

/// <summary>Section <c>Diagnostics</c>: how the worker tells about itself.</summary>
public sealed class DiagnosticsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Diagnostics";

    /// <summary>
    /// Shape of the log on standard error: <c>simple</c> (default, a line for people) or <c>json</c> (an object a line for a collector).
    /// </summary>
    [RegularExpression("^(simple|json)$", ErrorMessage = "Diagnostics:LogFormat must be simple or json.")]
    public string LogFormat { get; set; } = "simple";

    /// <summary>
    /// Seconds between two readings of the database's state for the gauges (VMs, cases, outbox, leases), 5 to 600; default 15. One worker counts for the whole
    /// cluster; longer makes the gauges later.
    /// </summary>
    [Range(5, 600)]
    public int StateSeconds { get; set; } = 15;

    /// <summary>Where metrics and traces are sent, if anywhere: section <c>Diagnostics:Otlp</c>.</summary>
    [ValidateObjectMembers]
    public OtlpOptions Otlp { get; set; } = new();
}

/// <summary>Checks the above.</summary>
[OptionsValidator]
public sealed partial class DiagnosticsOptionsValidator : IValidateOptions<DiagnosticsOptions>;
