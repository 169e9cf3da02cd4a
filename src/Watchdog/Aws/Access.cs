namespace Watchdog.Aws;

/// <summary>Whether the credentials may do something.</summary>
public enum AccessState
{
    /// <summary>AWS did it, or says that it would.</summary>
    Allowed,
    /// <summary>AWS refuses the credentials or the action.</summary>
    Denied,
    /// <summary>AWS did not answer, or answered something that tells neither.</summary>
    Unknown,
}

/// <summary>What came of asking AWS for one action.</summary>
/// <param name="Action">IAM's name, e.g. <c>ec2:StopInstances</c>.</param>
/// <param name="State">Whether it is allowed.</param>
/// <param name="Detail">What was asked, or AWS's code and message, bounded.</param>
public sealed record Access(string Action, AccessState State, string Detail);

/// <summary>Who the credentials are, and what AWS's clock says.</summary>
/// <param name="State">Whether AWS knows them.</param>
/// <param name="Account">AWS account number, 12 digits; null unless allowed.</param>
/// <param name="Arn">The user's or role's name; null unless allowed.</param>
/// <param name="Skew">
/// This machine's clock less AWS's, by the Date header of the answer, to the second; null when no good answer came.
/// </param>
/// <param name="Code">AWS's error code, or the failure's type; null when allowed.</param>
/// <param name="Message">AWS's message, bounded; null when allowed.</param>
public sealed record CallerIdentity(AccessState State, string? Account, string? Arn, TimeSpan? Skew, string? Code, string? Message);
