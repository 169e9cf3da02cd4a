using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Failing;

/// <summary>Decides how a request fails, by its number; remembers nothing but what was scripted.</summary>
internal sealed class FaultGate(Faults faults)
{
    public Faults Faults => faults;

    public FaultKind Of(string action, long number)
    {
        var scripted = faults.TakeScripted(action);
        if (scripted != FaultKind.None)
            return scripted;
        if (faults.Applies is { } applies && !applies(action))
            return FaultKind.None;
        var draw = Mix.Unit(faults.Seed, (ulong)number);
        if (Within(ref draw, faults.ThrottleShare))
            return FaultKind.Throttle;
        if (Within(ref draw, faults.ServerErrorShare))
            return FaultKind.ServerError;
        if (Within(ref draw, faults.UnavailableShare))
            return FaultKind.Unavailable;
        if (Within(ref draw, faults.DropShare))
            return FaultKind.Drop;
        if (Within(ref draw, faults.LateDropShare))
            return FaultKind.LateDrop;
        if (Within(ref draw, faults.HangShare))
            return FaultKind.Hang;
        if (Within(ref draw, faults.TruncateShare))
            return FaultKind.Truncate;
        return Within(ref draw, faults.GarbageShare) ? FaultKind.Garbage : FaultKind.None;
    }

    /// <summary>Throws AWS's error when the credentials are unknown or the action is denied.</summary>
    public void Authorize(Call call)
    {
        var isEc2 = call.Service == "ec2";
        if (call.Region.Options.RequiredAccessKeyId is { } required && call.AccessKeyId != required)
        {
            throw isEc2
                ? new AwsError(401, "AuthFailure", "AWS was not able to validate the provided access credentials")
                : new AwsError(403, call.Protocol == Protocol.Query ? "InvalidClientTokenId" : "UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }

        if (!faults.DeniedActions.ContainsKey(call.Name))
            return;
        throw isEc2
            ? new AwsError(403, "UnauthorizedOperation", "You are not authorized to perform this operation. Encoded authorization failure message: c2ltdWxhdGVk")
            : new AwsError(call.Protocol == Protocol.Query ? 403 : 400, call.Protocol == Protocol.Query ? "AccessDenied" : "AccessDeniedException",
                $"User: arn:aws:iam::{call.Region.Options.AccountId}:user/simulated is not authorized to perform: {call.Name}");
    }

    /// <summary>Whether a series of a GetMetricData answer comes as PartialData.</summary>
    public bool IsPartial(long number, int query) => Mix.Unit(faults.Seed ^ 0x9A27, ((ulong)number << 10) + (ulong)query) < faults.PartialDataShare;

    /// <summary>Whether a start meets no capacity.</summary>
    public bool NoCapacity(long number) => Mix.Unit(faults.Seed ^ 0xCA9, (ulong)number) < faults.NoCapacityShare;

    /// <summary>Whether a hibernation is refused.</summary>
    public bool NoHibernation(long number) => Mix.Unit(faults.Seed ^ 0x51EE, (ulong)number) < faults.NoHibernationShare;

    /// <summary>Throws for a kind that is answered with an error; the others are the server's matter.</summary>
    public static void Throw(FaultKind kind, string service)
    {
        switch (kind)
        {
            case FaultKind.Throttle:
                throw Throttling.Buckets.Error(service);
            case FaultKind.ServerError:
                throw new AwsError(500, service switch { "ssm" => "InternalServerError", "cloudwatch" => "InternalServiceFault", _ => "InternalError" },
                    "An internal error has occurred");
            case FaultKind.Unavailable:
                throw new AwsError(503, service == "ec2" ? "Unavailable" : "ServiceUnavailable", "Service is unable to handle the request. Please retry your request.");
        }
    }

    private static bool Within(ref double draw, double share)
    {
        if (draw >= 0 && draw < share)
            return true;
        draw -= share;
        return false;
    }
}
