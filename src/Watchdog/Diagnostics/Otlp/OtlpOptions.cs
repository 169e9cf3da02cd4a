using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Watchdog.Diagnostics.Otlp;

/// <summary>Section <c>Diagnostics:Otlp</c>: where metrics and traces are sent by OpenTelemetry's protocol.</summary>
public sealed class OtlpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Diagnostics:Otlp";

    /// <summary>The collector, e.g. <c>http://127.0.0.1:4318</c>; null (default): nothing is sent, and spans cost nothing.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>http/protobuf</c> (default; to <c>/v1/traces</c> and <c>/v1/metrics</c> below the endpoint) or <c>grpc</c>.</summary>
    [RegularExpression("^(http/protobuf|grpc)$", ErrorMessage = "Diagnostics:Otlp:Protocol must be http/protobuf or grpc.")]
    public string Protocol { get; set; } = "http/protobuf";

    /// <summary>A file of headers to send with it, one <c>name=value</c> a line without commas, such as a token; null (default): none. Read once, at the start.</summary>
    public string? HeadersFile { get; set; }

    /// <summary>Seconds between two sendings of metrics, 1 to 3600; default 30.</summary>
    [Range(1, 3600)]
    public int MetricSeconds { get; set; } = 30;
}

/// <summary>Checks the ranges above.</summary>
[OptionsValidator]
public sealed partial class OtlpOptionsValidator : IValidateOptions<OtlpOptions>;

/// <summary>Checks that the endpoint is one and that the file is there.</summary>
public sealed class OtlpTargetValidator : IValidateOptions<OtlpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, OtlpOptions options) =>
        options.Endpoint is { } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            ? ValidateOptionsResult.Fail($"Diagnostics:Otlp:Endpoint is '{endpoint}'; it must be an http or https address, such as http://127.0.0.1:4318.")
        : options.HeadersFile is { } file && !File.Exists(file)
            ? ValidateOptionsResult.Fail($"Diagnostics:Otlp:HeadersFile names '{file}', which is not there.")
        : ValidateOptionsResult.Success;
}
