using Watchdog.Diagnostics.Exporting;

namespace Watchdog.Tests.Diagnostics.Exporting;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("watchdog.sweep.duration", "s", MetricKind.Histogram, "watchdog_sweep_duration_seconds")]
    [InlineData("watchdog.sweep.last_success.timestamp", "s", MetricKind.Gauge, "watchdog_sweep_last_success_timestamp_seconds")]
    [InlineData("watchdog.sweep.items", null, MetricKind.Counter, "watchdog_sweep_items_total")]
    [InlineData("watchdog.aws.cost", "USD", MetricKind.Counter, "watchdog_aws_cost_usd_total")]
    [InlineData("watchdog.aws.budget", "USD", MetricKind.Gauge, "watchdog_aws_budget_usd")]
    [InlineData("watchdog.coverage", "1", MetricKind.Gauge, "watchdog_coverage_ratio")]
    [InlineData("dotnet.process.memory.working_set", "By", MetricKind.Gauge, "dotnet_process_memory_working_set_bytes")]
    [InlineData("dotnet.process.cpu.time", "s", MetricKind.Counter, "dotnet_process_cpu_time_seconds_total")]
    [InlineData("dotnet.gc.collections", "{collection}", MetricKind.Counter, "dotnet_gc_collections_total")]
    [InlineData("dotnet.thread_pool.thread.count", "{thread}", MetricKind.Gauge, "dotnet_thread_pool_thread_current")]
    [InlineData("things.total", null, MetricKind.Counter, "things_total")]
    [InlineData("9lives--left", null, MetricKind.Gauge, "_9lives_left")]
    public void An_instrument_s_name_becomes_a_family_s(string instrument, string? unit, MetricKind kind, string name) =>
        Assert.Equal(name, MetricNames.Of(instrument, unit, kind));
}
