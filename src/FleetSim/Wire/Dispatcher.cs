using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Watchdog.FleetSim.CloudWatch;
using Watchdog.FleetSim.Ec2;
using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.Ssm;
using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Sts;
using Watchdog.FleetSim.Throttling;

namespace Watchdog.FleetSim.Wire;

/// <summary>Takes a request apart, has it answered, and lets it fail where a fault is switched on.</summary>
internal sealed class Dispatcher(RegionState region, Faults faults)
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Buckets _buckets = new(region.Options);
    private readonly FaultGate _gate = new(faults);
    private long _number;
    private long _changes;

    /// <summary>Requests received by <c>service:Action</c>, failed ones included.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Requests that a token bucket refused.</summary>
    public long Refused => _buckets.Refused;

    /// <summary>Datapoints that GetMetricData was granted.</summary>
    public long Datapoints => _buckets.Datapoints;

    /// <summary>Told of each taking of tokens.</summary>
    public Action<TokensAsked>? TokensAsked
    {
        get => _buckets.Asked;
        set => _buckets.Asked = value;
    }

    public async Task HandleAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        using var body = new RequestBody();
        await body.ReadAsync(http.Request, cancel);
        var (service, action, protocol, form) = Recognition.Of(http.Request, body.Bytes.Span);
        var number = Interlocked.Increment(ref _number);
        var change = IsChange(service, action, form) ? Interlocked.Increment(ref _changes) : 0;
        var seen = new RequestSeen(number, change, $"{service}:{action}", null, change > 0 ? TargetOf(form) : null);
        _counts.AddOrUpdate(seen.Action, 1, static (_, n) => n + 1);
        var fault = faults.Before is { } before ? await before(seen) : FaultKind.None;
        var now = region.Now;
        region.PlayOwners(now);
        var call = new Call(service, action, protocol, form, body.Bytes, Recognition.AccessKeyId(http.Request))
        {
            Region = region,
            Buckets = _buckets,
            Faults = _gate,
            Number = number,
            RequestId = RequestId(number),
            Now = now,
        };
        if (fault == FaultKind.None)
            fault = _gate.Of(call.Name, number);
        if (fault == FaultKind.Drop)
        {
            http.Abort();
            return;
        }

        if (fault == FaultKind.Hang)
        {
            var length = faults.HangFor < TimeSpan.FromMinutes(5) ? faults.HangFor : TimeSpan.FromMinutes(5);
            await Task.Delay(length, region.Options.WallClock, cancel);
        }

        using var output = new PooledBuffer();
        var status = 200;
        AwsError? error = null;
        try
        {
            Answer(call, fault, output);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug of the simulator or of a behaviour says so to the caller: a silent 500 would pass for a fault that is switched on.
            error = e as AwsError ?? new AwsError(500, "InternalFailure", "The simulated Region failed: " + e);
            status = error.Status;
            ErrorAnswer.Write(output, protocol, service, error, call.RequestId);
        }

        if (faults.After is { } after)
            await after(seen with { Error = error?.Code });
        if (fault == FaultKind.LateDrop)
            http.Abort();
        else
            await Reply.SendAsync(http, call, status, error, output, fault, cancel);
    }

    private void Answer(Call call, FaultKind fault, PooledBuffer output)
    {
        FaultGate.Throw(fault, call.Service);
        _gate.Authorize(call);
        _buckets.TakeRequest(call);
        switch (call.Service)
        {
            case "ec2":
                Ec2Service.Answer(call, output);
                break;
            case "cloudwatch":
                CloudWatchService.Answer(call, output);
                break;
            case "ssm":
                SsmService.Answer(call, output);
                break;
            case "sts":
                StsService.Answer(call, output);
                break;
            default:
                throw new AwsError(400, "UnknownOperationException", $"No service answers '{call.Service}:{call.Action}' here.");
        }
    }

    private static bool IsChange(string service, string action, FormFields? form) => service switch
    {
        "ec2" => !action.StartsWith("Describe", StringComparison.Ordinal) && !action.StartsWith("Get", StringComparison.Ordinal)
            && form?.Flag("DryRun") != true,
        "ssm" => action is "SendCommand" or "CancelCommand",
        _ => false,
    };

    private static string? TargetOf(FormFields? form) => form is null ? null
        : form.Get("NetworkInterfaceId") ?? form.Get("InstanceId") ?? Several(form, "InstanceId") ?? Several(form, "ResourceId") ?? form.Get("AllocationId");

    private static string? Several(FormFields form, string name) => form.List(name) is { Count: > 0 } ids ? string.Join(' ', ids) : null;

    private string RequestId(long number)
    {
        var mixed = Mix.Of(region.Options.Seed, (ulong)number);
        return string.Create(CultureInfo.InvariantCulture, $"{(uint)mixed:x8}-{(mixed >> 32) & 0xffff:x4}-4{(mixed >> 48) & 0xfff:x3}-a000-{number:x12}");
    }
}
