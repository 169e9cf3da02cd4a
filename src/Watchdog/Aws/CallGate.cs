using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Enforcement;

namespace Watchdog.Aws;

/// <summary>
/// Stands in a client's pipeline right inside its retries, and before the signature (which would age while it waits): each attempt, retries
/// included, takes its tokens and is counted.
/// </summary>
internal sealed class CallGate(RateBudget budget, CallMeter meter, TimeProvider wall) : PipelineHandler
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
            var asked = wall.GetTimestamp();
            await budget.TakeAsync(cost, call.CancellationToken);
            CloudMeters.Waited(cost.Action, wall.GetElapsedTime(asked));
        }

        meter.Count(cost);
        using var span = Spans.Within(cost.Action, ActivityKind.Client);
        var start = wall.GetTimestamp();
        var outcome = "ok";
        try
        {
            return await base.InvokeAsync<T>(executionContext);
        }
        catch (Exception fault)
        {
            outcome = OutcomeOf(fault);
            // A code, never the message: it may name what is in a request.
            span?.SetTag("error.type", AwsFault.Of(fault).Code).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            CloudMeters.Called(cost.Action, outcome, wall.GetElapsedTime(start));
        }
    }

    private static string OutcomeOf(Exception fault) => fault is AmazonServiceException { ErrorCode.Length: > 0 }
        ? AwsFault.Of(fault) switch
        {
            { Code: AwsFault.DryRunAllowed } => "ok",
            { Kind: ActuatorError.Throttled } => "throttled",
            { Kind: ActuatorError.Denied } => "denied",
            { Kind: ActuatorError.Gone } => "gone",
            { Kind: ActuatorError.WrongState } => "wrong_state",
            _ => "failed",
        }
        : fault is AmazonServiceException ? "failed" : "no_answer";
}
