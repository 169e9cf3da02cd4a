using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Telemetry.Streaming;

/// <summary>CloudWatch's metric stream as a source. Section <c>Telemetry:Stream</c>. docs/operations.md says when it pays and how it is set up.</summary>
public sealed class StreamOptions
{
    /// <summary>
    /// Whether sweeps read what a stream delivered, and poll only what it did not; default false. Every worker of a cluster is set alike.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The key that Firehose sends, 20 to 4,096 visible characters; two of them, separated by a space, while they rotate. Null (default): this
    /// worker receives nothing, and reads what the others received. Better given by the environment (<c>Telemetry__Stream__AccessKey</c>) or by
    /// <see cref="AccessKeyFile"/> than written into a configuration file.
    /// </summary>
    public string? AccessKey { get; set; }

    /// <summary>A file with the keys, instead of <see cref="AccessKey"/>; read at start.</summary>
    public string? AccessKeyFile { get; set; }

    /// <summary>
    /// The metrics of AWS/EC2 that the stream carries, with commas between; default <c>CPUUtilization</c>, which is all that the screen asks of
    /// every VM. One that is named here and not in the stream's filter is polled as before; one that the stream carries beyond these is paid
    /// for and thrown away.
    /// </summary>
    [Required]
    public string Metrics { get; set; } = nameof(Metric.CPUUtilization);

    /// <summary>
    /// Minutes after a period's end until its point must have come, 3 to 60; default 7: CloudWatch publishes after two to five, and Firehose
    /// collects for one. Then the VM is polled. A smaller value polls what was about to come, a larger one judges by older points.
    /// </summary>
    [Range(3, 60)]
    public int PublicationMinutes { get; set; } = 7;

    /// <summary>Minutes without any usable point of a scope after which its stream is called silent, 5 to 120; default 15. Only telling depends on it.</summary>
    [Range(5, 120)]
    public int SilentMinutes { get; set; } = 15;

    /// <summary>The keys, none where this worker does not receive.</summary>
    internal string[] Keys() => (string.IsNullOrWhiteSpace(AccessKeyFile) ? AccessKey ?? "" : File.ReadAllText(AccessKeyFile))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The metrics, each once.</summary>
    /// <exception cref="FormatException">One is unknown, or there is none.</exception>
    internal IReadOnlyList<Metric> Carried()
    {
        List<Metric> metrics = [];
        foreach (var name in Metrics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Enum.TryParse<Metric>(name, out var metric) || metric.ToString() != name)
            {
                throw new FormatException($"'{name}' is none of {string.Join(", ", Enum.GetNames<Metric>())}");
            }

            if (!metrics.Contains(metric))
            {
                metrics.Add(metric);
            }
        }

        return metrics.Count > 0 ? metrics : throw new FormatException("no metric is named");
    }
}

/// <summary>Checks the keys and the metrics; a failure never repeats a key.</summary>
internal sealed class StreamValidator : IValidateOptions<TelemetryOptions>
{
    private const int LeastKey = 20, MostKey = 4096;

    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> failures = [];
        try
        {
            _ = options.Stream.Carried();
        }
        catch (FormatException wrong)
        {
            failures.Add($"Telemetry:Stream:Metrics: {wrong.Message}.");
        }

        try
        {
            var keys = options.Stream.Enabled ? options.Stream.Keys() : [];
            if (keys.Length > 2 || keys.Any(key => key.Length is < LeastKey or > MostKey || key.Any(c => c is < '!' or > '~')))
            {
                failures.Add($"Telemetry:Stream:AccessKey (or AccessKeyFile) holds one key or two, each of {LeastKey} to {MostKey} visible ASCII characters.");
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            failures.Add($"Telemetry:Stream:AccessKeyFile cannot be read: {wrong.Message}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
