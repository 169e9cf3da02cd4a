using static Watchdog.Dashboards.Boards.Selectors;

namespace Watchdog.Dashboards.Boards;

/// <summary>Watchdog itself: its loops, AWS, the database, messages, the process.</summary>
internal static class WorkerBoard
{
    public static Board Create() => new(
        "worker", "Watchdog / Watchdog itself", "The workers' loops, their calls to AWS and what they cost, the database, messages on their way, and the processes.", "now-3h",
        new Row("Now",
            Panel.Number("Workers up", "Workers that Prometheus reaches.", "short", Query.Prom("sum(up{job=~\"$job\"})")),
            Panel.Number("Ready", "Workers that are ready: the database answers, its schema fits, the fleet was seen.", "short",
                Query.Prom($"sum(watchdog_ready{{{Workers}}})")),
            Panel.Number("Version", "Versions that run now; two of them while an update goes on.", "string",
                Query.Prom($"count by (version) (watchdog_build_info{{{Workers}}})", "{{version}}")) with { Width = 4 },
            Panel.Number("AWS this month", "US$ at list price in this calendar month, by the workers' own count.", "currencyUSD",
                Query.Prom($"max(watchdog_aws_month_spent_usd{{{Workers}}})")),
            Panel.Number("Left off", "What is left off to spare money, once the month's budget is spent.", "none",
                Query.Prom($"max(watchdog_aws_thrift_level{{{Workers}}})")) with
            {
                Thresholds = (1, 2), Words = new Dictionary<string, string> { ["0"] = "nothing", ["1"] = "new VMs' past", ["2"] = "half the quiet screens", ["3"] = "most quiet screens" },
            },
            Panel.Number("Messages waiting", "Messages on their way to receivers.", "short",
                Query.Prom($"sum(max by (receiver) (watchdog_outbox_pending{{{Workers}}}))")) with { Thresholds = (100, 1000) }),
        new Row("Loops",
            Panel.Lines("Run time, 95th percentile", "Seconds that a sweep takes, by sweep.", "s",
                Query.Prom($"histogram_quantile(0.95, sum by (le, sweep) (rate(watchdog_sweep_duration_seconds_bucket{{{Workers}}}[$__rate_interval])))", "{{sweep}}")),
            Panel.Lines("Age of the last good run", "Seconds since each sweep last succeeded on any worker. The dashed lines are two missed runs.", "s",
                Query.Prom($"time() - max by (sweep) (watchdog_sweep_last_success_timestamp_seconds{{{Workers}}})", "{{sweep}}")) with { Thresholds = (120, 180) },
            Panel.Lines("Items", "What sweeps dealt with, a second, by outcome.", "cps",
                Query.Prom($"sum by (sweep, outcome) (rate(watchdog_sweep_items_total{{{Workers}}}[$__rate_interval]))", "{{sweep}} {{outcome}}")),
            Panel.Stack("Leases", "Leases that each worker took within three minutes: who carries what.", "short",
                Query.Prom($"sum by (instance, kind) (watchdog_leases_held{{{Workers}}})", "{{instance}} {{kind}}"))),
        new Row("AWS",
            Panel.Lines("Calls", "Attempts a second, retries included, by operation.", "reqps",
                Query.Prom($"sum by (service, operation) (rate(watchdog_aws_requests_total{{{Workers}}}[$__rate_interval]))", "{{service}} {{operation}}")),
            Panel.Lines("Calls that did not succeed", "Attempts a second by outcome: throttled, denied, failed.", "reqps",
                Query.Prom($"sum by (outcome) (rate(watchdog_aws_requests_total{{{Workers},outcome!=\"ok\"}}[$__rate_interval]))", "{{outcome}}")),
            Panel.Lines("Time of a call, 95th percentile", "Seconds that an attempt takes, without the wait for its share of AWS's rate.", "s",
                Query.Prom($"histogram_quantile(0.95, sum by (le, service) (rate(watchdog_aws_request_duration_seconds_bucket{{{Workers}}}[$__rate_interval])))", "{{service}}")),
            Panel.Lines("Wait for the rate budget, 95th percentile", "Seconds that an attempt waits for its share of AWS's rate.", "s",
                Query.Prom($"histogram_quantile(0.95, sum by (le, service) (rate(watchdog_aws_rate_wait_duration_seconds_bucket{{{Workers}}}[$__rate_interval])))", "{{service}}")),
            Panel.Lines("Cost", "US$ an hour at list price, by operation.", "currencyUSD",
                Query.Prom($"3600 * sum by (operation) (rate(watchdog_aws_cost_usd_total{{{Workers}}}[$__rate_interval]))", "{{operation}}"))),
        new Row("Database and messages",
            Panel.Lines("Statements, 95th percentile", "Seconds that a statement takes.", "s",
                Query.Prom($"histogram_quantile(0.95, sum by (le) (rate(db_client_operation_duration_seconds_bucket{{{Workers}}}[$__rate_interval])))", "p95")),
            Panel.Lines("Connections", "Connections to Postgres by state, over the chosen workers.", "short",
                Query.Prom($"sum by (db_client_connection_state) (db_client_connection_current{{{Workers},db_client_connection_pool_name=\"watchdog\"}})", "{{db_client_connection_state}}")),
            Panel.Lines("Messages by receiver", "Messages that wait for their receiver, by receiver.", "short",
                Query.Prom($"max by (receiver) (watchdog_outbox_pending{{{Workers}}})", "{{receiver}}")),
            Panel.Lines("Oldest message", "Seconds that the oldest waiting message has waited, by receiver.", "s",
                Query.Prom($"max by (receiver) (watchdog_outbox_oldest_age_seconds{{{Workers}}})", "{{receiver}}")) with { Thresholds = (300, 900) },
            Panel.Lines("Attempts to send", "A second, by receiver, outcome and reason.", "cps",
                Query.Prom($"sum by (receiver, outcome, reason) (rate(watchdog_notifications_total{{{Workers}}}[$__rate_interval]))", "{{receiver}} {{outcome}} {{reason}}")),
            Panel.Lines("Dead messages by receiver", "Messages that were given up and are kept, by receiver.", "short",
                Query.Prom($"max by (receiver) (watchdog_outbox_dead{{{Workers}}})", "{{receiver}}")) with { Thresholds = (1, 10) },
            Panel.Table("Dead messages", "Messages that were given up, newest first; watchdog notices replay --dead, or watchdog alerts replay NAME --dead, sends them again.",
                """
                select channel, subject, kind, created_at as created, done_at as "given up", attempts, status, detail
                from outbox where state = 'dead' order by id desc limit 50
                """).In("dateTimeAsIso", "created", "given up")),
        new Row("Processes",
            Panel.Lines("Log events", "Warnings and errors a second, by level.", "cps",
                Query.Prom($"sum by (level) (rate(watchdog_log_events_total{{{Workers}}}[$__rate_interval]))", "{{level}}")),
            Panel.Lines("Memory", "Bytes of the process's working set, and of the managed heap after the last collection.", "bytes",
                Query.Prom($"dotnet_process_memory_working_set_bytes{{{Workers}}}", "{{instance}} working set"),
                Query.Prom($"sum by (instance) (dotnet_gc_last_collection_heap_size_bytes{{{Workers}}})", "{{instance}} heap")),
            Panel.Lines("CPU", "Cores in use, by mode.", "short",
                Query.Prom($"sum by (instance, cpu_mode) (rate(dotnet_process_cpu_time_seconds_total{{{Workers}}}[$__rate_interval]))", "{{instance}} {{cpu_mode}}")),
            Panel.Lines("HTTP requests", "Requests that the worker answered, a second, by status.", "reqps",
                Query.Prom($"sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{{{Workers}}}[$__rate_interval]))", "{{http_response_status_code}}"))));
}
