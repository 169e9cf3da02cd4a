using System.Diagnostics;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>The trace of an act's execution: its own, with a link to the one in which the act was proposed.</summary>
internal readonly struct ActSpan : IDisposable
{
    private readonly Activity? around;
    private readonly Activity? span;

    private ActSpan(Activity? around, Activity? span) => (this.around, this.span) = (around, span);

    /// <summary>Begins it; dispose it when the act has gone as far as it goes now.</summary>
    public static ActSpan Begin(ActRecord act)
    {
        var around = Activity.Current;
        var span = Spans.Root($"act {act.Kind}", act.Traceparent);
        span?.SetTag("watchdog.act", act.Id).SetTag("watchdog.case", act.CaseId).SetTag("host.id", act.InstanceId).SetTag("watchdog.act.state", act.State);
        return new(around, span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (span is not null)
        {
            span.Dispose();
            Activity.Current = around;
        }
    }
}
