using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Watchdog.Aws;

/// <summary>
/// Stands in a client's pipeline right inside its retries, and before the signature (which would age while it waits): each attempt, retries
/// included, takes its tokens and is counted.
/// </summary>
internal sealed class CallGate(RateBudget budget, CallMeter meter) : PipelineHandler
{
    /// <summary>Puts the gate into a pipeline.</summary>
    public void Install(RuntimePipeline pipeline) => pipeline.AddHandlerAfter<RetryHandler>(this);

    /// <inheritdoc/>
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var call = executionContext.RequestContext;
        var cost = CallCost.Of(call.OriginalRequest);
        if (call.OriginalRequest is not PrepaidGroupsRequest)
        {
            await budget.TakeAsync(cost, call.CancellationToken);
        }

        meter.Count(cost);
        return await base.InvokeAsync<T>(executionContext);
    }
}
