using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Diagnostics.Otlp;
using Watchdog.Testing;

namespace Watchdog.Tests.Diagnostics.Otlp;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task A_collector_gets_traces_and_metrics_with_the_service_s_name_and_the_headers_of_the_file()
    {
        var received = new ConcurrentDictionary<string, (string Type, string Token, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received[context.Request.Path] = (
                context.Request.ContentType ?? "", context.Request.Headers["x-token"].ToString(), Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();
        var headers = Path.GetTempFileName();
        await File.WriteAllTextAsync(headers, "# for the collector\nx-token = a%2C b=c\n");
        using var export = new OtlpExport(Options.Create(new OtlpOptions { Endpoint = collector.Urls.First(), HeadersFile = headers }));
        await export.StartAsync(default);
        var clock = new ManualTime();

        using (var run = SweepRun.Begin("otlp-test", new Clocks(clock, clock)))
        using (Spans.Begin("stage"))
        {
            run.Succeeded();
        }

        await export.StopAsync(default);
        File.Delete(headers);
        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Keys.Order());
        Assert.All(received.Values, one => Assert.Equal(("application/x-protobuf", "a%2C b=c"), (one.Type, one.Token)));
        Assert.All(received.Values, one => Assert.Contains("service.instance.id", one.Body, StringComparison.Ordinal));
        Assert.Contains("sweep otlp-test", received["/v1/traces"].Body, StringComparison.Ordinal);
        Assert.Contains("watchdog.sweep.duration", received["/v1/metrics"].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Quartz", received["/v1/metrics"].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x", null, "must be an http or https address")]
    [InlineData("127.0.0.1:4318", null, "must be an http or https address")]
    [InlineData("http://127.0.0.1:4318", "/no/such/file", "which is not there")]
    public async Task What_cannot_work_is_refused_at_the_start(string endpoint, string? file, string said)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Diagnostics:Otlp:Endpoint", endpoint), new("Diagnostics:Otlp:HeadersFile", file)]).Build();
        await using var services = new ServiceCollection().AddDiagnostics(configuration).BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<OtlpOptions>>().Value);

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
