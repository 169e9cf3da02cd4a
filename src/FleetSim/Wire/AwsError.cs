using System.Diagnostics.CodeAnalysis;

namespace Watchdog.FleetSim.Wire;

/// <summary>An error answer with AWS's own code and HTTP status; each protocol renders it in its way.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "An error without a code cannot go on the wire.")]
internal sealed class AwsError(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static AwsError InvalidParameter(string message) => new(400, "InvalidParameterValue", message);

    public static AwsError Combination(string message) => new(400, "InvalidParameterCombination", message);

    public static AwsError Missing(string parameter) =>
        new(400, "MissingParameter", $"The request must contain the parameter {parameter}");

    public static AwsError Validation(string message) => new(400, "ValidationException", message);
}
