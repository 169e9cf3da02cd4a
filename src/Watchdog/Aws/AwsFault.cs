using Amazon.Runtime;
using Watchdog.Enforcement;

namespace Watchdog.Aws;

/// <summary>An AWS failure, sorted by what to do next.</summary>
/// <param name="Kind">What to do next.</param>
/// <param name="Code">AWS's code, or the failure's type where AWS did not answer.</param>
/// <param name="Message">AWS's message, at most 500 characters.</param>
internal readonly record struct AwsFault(ActuatorError Kind, string Code, string Message)
{
    /// <summary>EC2's code for a dry run that would have succeeded.</summary>
    public const string DryRunAllowed = "DryRunOperation";

    private static readonly Dictionary<string, ActuatorError> Kinds = new(StringComparer.Ordinal)
    {
        ["RequestLimitExceeded"] = ActuatorError.Throttled,
        ["EC2ThrottledException"] = ActuatorError.Throttled,
        ["Throttling"] = ActuatorError.Throttled,
        ["ThrottlingException"] = ActuatorError.Throttled,
        ["ThrottledException"] = ActuatorError.Throttled,
        ["TooManyRequestsException"] = ActuatorError.Throttled,
        ["RateExceeded"] = ActuatorError.Throttled,
        ["LimitExceeded"] = ActuatorError.Throttled,
        ["LimitExceededException"] = ActuatorError.Throttled,
        ["InternalError"] = ActuatorError.Transient,
        ["InternalFailure"] = ActuatorError.Transient,
        ["InternalServiceError"] = ActuatorError.Transient,
        ["InternalServiceFault"] = ActuatorError.Transient,
        ["InternalServerError"] = ActuatorError.Transient,
        ["Unavailable"] = ActuatorError.Transient,
        ["ServiceUnavailable"] = ActuatorError.Transient,
        ["IncorrectInstanceState"] = ActuatorError.WrongState,
        ["IncorrectState"] = ActuatorError.WrongState,
        ["InvocationDoesNotExist"] = ActuatorError.WrongState,
        ["SnapshotCreationPerVolumeRateExceeded"] = ActuatorError.WrongState,
        ["ConcurrentSnapshotLimitExceeded"] = ActuatorError.WrongState,
        // Its HTTP status is 500, but no retry of the moment helps.
        ["InsufficientInstanceCapacity"] = ActuatorError.WrongState,
        ["UnsupportedOperation"] = ActuatorError.WrongState,
        ["OperationNotPermitted"] = ActuatorError.WrongState,
        ["UnsupportedInstanceAttribute"] = ActuatorError.WrongState,
        // An address or a profile that somebody moved meanwhile.
        ["InvalidAssociationID.NotFound"] = ActuatorError.WrongState,
        ["Resource.AlreadyAssociated"] = ActuatorError.WrongState,
        ["UnauthorizedOperation"] = ActuatorError.Denied,
        ["AccessDenied"] = ActuatorError.Denied,
        ["AccessDeniedException"] = ActuatorError.Denied,
        ["AuthFailure"] = ActuatorError.Denied,
        ["UnrecognizedClientException"] = ActuatorError.Denied,
        ["InvalidClientTokenId"] = ActuatorError.Denied,
        ["ExpiredToken"] = ActuatorError.Denied,
        ["ExpiredTokenException"] = ActuatorError.Denied,
        ["RequestExpired"] = ActuatorError.Denied,
        ["SignatureDoesNotMatch"] = ActuatorError.Denied,
        ["Blocked"] = ActuatorError.Denied,
        ["PendingVerification"] = ActuatorError.Denied,
        ["OptInRequired"] = ActuatorError.Configuration,
    };

    /// <summary>Sorts a failure. A code that nobody listed is transient with a server's status, else a matter of configuration.</summary>
    public static AwsFault Of(Exception fault) => fault switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } answered => new(KindOf(code, (int)answered.StatusCode), code, Cut(fault.Message)),
        AmazonServiceException answered => new(
            (int)answered.StatusCode is 401 or 403 ? ActuatorError.Denied : ActuatorError.Transient, $"HTTP {(int)answered.StatusCode}", Cut(fault.Message)),
        // Core wraps what STS answered to AssumeRole.
        AmazonClientException { InnerException: AmazonServiceException inner } => Of(inner),
        _ => new(ActuatorError.Transient, fault.GetType().Name, Cut(fault.Message)),
    };

    /// <summary>Whether the failure is AWS's or the network's; anything else is a fault of ours and must not be caught.</summary>
    public static bool IsAws(Exception fault) =>
        fault is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException;

    private static ActuatorError KindOf(string code, int status) =>
        Kinds.TryGetValue(code, out var kind) ? kind
        : IsGone(code) ? ActuatorError.Gone
        : status >= 500 ? ActuatorError.Transient
        : ActuatorError.Configuration;

    // Groups that are missing are set-up, not targets.
    private static bool IsGone(string code) =>
        (code.EndsWith(".NotFound", StringComparison.Ordinal) || code.EndsWith(".Malformed", StringComparison.Ordinal))
        && (code.StartsWith("InvalidInstanceID", StringComparison.Ordinal) || code.StartsWith("InvalidNetworkInterfaceI", StringComparison.Ordinal)
            || code.StartsWith("InvalidVolume", StringComparison.Ordinal));

    private static string Cut(string message) => message.Length <= 500 ? message : message[..500];
}
