using System.Text.Json.Serialization;

namespace Watchdog.Cli.Demo;

/// <summary>What a demo found, held against the simulator's truth. Its JSON names are a contract.</summary>
/// <param name="Healthy">Every sweep ended, at least 99 % of running VMs were judged, no act failed or hangs, and nobody benign was acted on.</param>
/// <param name="Vms">VMs in the simulated fleet.</param>
/// <param name="SimulatedMinutes">Minutes of fleet time that were played.</param>
/// <param name="Classes">One row a class of abuse or fault.</param>
/// <param name="BenignActedOn">Benign or idle VMs, and VMs on a faulty host, that Watchdog acted on.</param>
/// <param name="AwsCalls">API calls by <c>service:Action</c>.</param>
/// <param name="UsdPerVmMonth">Estimated price of these calls, scaled to thirty days, per VM.</param>
/// <param name="Coverage">Share of running VMs that the last sweep of each shard judged within their cadence, 0 to 1.</param>
/// <param name="SweepFailures">Runs that ended with an error.</param>
/// <param name="Seconds">Wall seconds that the demo took.</param>
/// <param name="Missed">Injected VMs that were not detected: id, kind, onset.</param>
/// <param name="StoppedIdle">VMs that were stopped because nobody used them.</param>
/// <param name="StoppedInUse">Of them, those in which the simulator had a session or an inbound connection at that instant: id and kind.</param>
/// <param name="WarnedIdle">Warnings of idle stops that were given.</param>
/// <param name="CalledOffIdle">Of them, those whose stop was called off.</param>
/// <param name="StoppedUnwarned">VMs that were stopped for idleness before their warning's time: ids.</param>
/// <param name="WronglyActedOn">VMs behind <see cref="BenignActedOn"/>: id and kind.</param>
internal sealed record DemoReport(
    [property: JsonPropertyName("healthy")] bool Healthy,
    [property: JsonPropertyName("vms")] int Vms,
    [property: JsonPropertyName("simulated_minutes")] int SimulatedMinutes,
    [property: JsonPropertyName("classes")] IReadOnlyList<DemoClass> Classes,
    [property: JsonPropertyName("benign_acted_on")] int BenignActedOn,
    [property: JsonPropertyName("aws_calls")] IReadOnlyDictionary<string, long> AwsCalls,
    [property: JsonPropertyName("usd_per_vm_month")] double UsdPerVmMonth,
    [property: JsonPropertyName("coverage")] double Coverage,
    [property: JsonPropertyName("sweep_failures")] int SweepFailures,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("missed")] IReadOnlyList<string> Missed,
    [property: JsonPropertyName("wrongly_acted_on")] IReadOnlyList<string> WronglyActedOn,
    [property: JsonPropertyName("stopped_idle")] int StoppedIdle,
    [property: JsonPropertyName("stopped_in_use")] IReadOnlyList<string> StoppedInUse,
    [property: JsonPropertyName("warned_idle")] int WarnedIdle,
    [property: JsonPropertyName("called_off_idle")] int CalledOffIdle,
    [property: JsonPropertyName("stopped_unwarned")] IReadOnlyList<string> StoppedUnwarned);

/// <summary>One class's row. Medians are null where there is nothing to take them of.</summary>
/// <param name="Class">Class name.</param>
/// <param name="Injected">VMs whose abuse or fault had begun by the end.</param>
/// <param name="Detected">Of these, VMs with an episode opened since the onset: of any class of abuse for abuse, of its own for a host fault.</param>
/// <param name="Contained">Of these, VMs on which every change of an act was in force.</param>
/// <param name="MedianMinutesToDetect">From onset to the episode's opening.</param>
/// <param name="MedianMinutesToContain">From onset to the verified act.</param>
/// <param name="PlainInjected">Of the injected, the plain cases.</param>
/// <param name="PlainDetected">Of the plain cases, the detected ones.</param>
/// <param name="RightClass">Of the injected, those with an episode of their own class.</param>
/// <param name="Proposed">Of the injected, those not contained for which an act waits for a person.</param>
internal sealed record DemoClass(
    [property: JsonPropertyName("class")] string Class,
    [property: JsonPropertyName("injected")] int Injected,
    [property: JsonPropertyName("detected")] int Detected,
    [property: JsonPropertyName("contained")] int Contained,
    [property: JsonPropertyName("median_minutes_to_detect")] double? MedianMinutesToDetect,
    [property: JsonPropertyName("median_minutes_to_contain")] double? MedianMinutesToContain,
    [property: JsonPropertyName("plain_injected")] int PlainInjected,
    [property: JsonPropertyName("plain_detected")] int PlainDetected,
    [property: JsonPropertyName("right_class")] int RightClass,
    [property: JsonPropertyName("proposed")] int Proposed);
