using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Watchdog.Diagnostics.Exporting;

namespace Watchdog.Diagnostics.Otlp;

/// <summary>Sends metrics and traces to a collector while the host runs, where one is configured.</summary>
internal sealed class OtlpExport(IOptions<OtlpOptions> options) : IHostedService, IDisposable
{
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { Endpoint: { } endpoint } set)
        {
            return Task.CompletedTask;
        }

        var headers = set.HeadersFile is { } file ? Headers(File.ReadAllLines(file)) : null;
        var resource = ResourceBuilder.CreateEmpty().AddService(
            "watchdog", serviceVersion: ProgramVersion.Current, autoGenerateServiceInstanceId: false, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}");
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Spans.Name, Spans.Work)
            .AddOtlpExporter(to => Aim(to, set.Protocol, endpoint, "v1/traces", headers)).Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([.. MetricBook.Exported])
            .AddOtlpExporter((to, reader) =>
            {
                Aim(to, set.Protocol, endpoint, "v1/metrics", headers);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = set.MetricSeconds * 1000;
            }).Build();
        return Task.CompletedTask;
    }

    // What was measured last is sent before the process ends.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    public void Dispose()
    {
        Interlocked.Exchange(ref traces, null)?.Dispose();
        Interlocked.Exchange(ref metrics, null)?.Dispose();
    }

    /// <summary>
    /// Lines of <c>name=value</c> as the exporter takes them; empty lines and those that begin with # say nothing. A value cannot hold a comma, which
    /// parts the exporter's headers.
    /// </summary>
    internal static string Headers(IEnumerable<string> lines) =>
        string.Join(',', lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#' && line.Contains('=', StringComparison.Ordinal)).Select(line =>
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            return $"{line[..equals].Trim()}={Uri.EscapeDataString(line[(equals + 1)..].Replace(",", "", StringComparison.Ordinal).Trim())}";
        }));

    private static void Aim(OtlpExporterOptions to, string protocol, string endpoint, string path, string? headers)
    {
        var http = protocol != "grpc";
        to.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        // Over HTTP an endpoint that was set is taken as it stands, without the signal's path.
        to.Endpoint = new Uri(http ? $"{endpoint.TrimEnd('/')}/{path}" : endpoint);
        to.Headers = headers;
    }
}
