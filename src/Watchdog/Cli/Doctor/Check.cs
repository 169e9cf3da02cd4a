namespace Watchdog.Cli.Doctor;

/// <summary>How a check came out.</summary>
internal enum CheckState
{
    /// <summary>It holds.</summary>
    Ok,
    /// <summary>It does not hold; the command ends with exit code 1.</summary>
    Wrong,
    /// <summary>It could not be found out: neither holds nor does not.</summary>
    Unknown,
}

/// <summary>One line of the doctor's table.</summary>
/// <param name="Name">What was looked at, e.g. <c>credentials</c> or an IAM action.</param>
/// <param name="Scope">The scope's key; null for what is the same everywhere.</param>
/// <param name="State">How it came out.</param>
/// <param name="Detail">What was found, in a sentence.</param>
/// <param name="Mend">What to do about it: prose, or shell commands on lines of their own; null when nothing is to be done.</param>
internal sealed record Check(string Name, string? Scope, CheckState State, string Detail, string? Mend = null)
{
    public static Check Ok(string name, string? scope, string detail) => new(name, scope, CheckState.Ok, detail);

    public static Check Wrong(string name, string? scope, string detail, string mend) => new(name, scope, CheckState.Wrong, detail, mend);

    public static Check Unknown(string name, string? scope, string detail, string? mend = null) => new(name, scope, CheckState.Unknown, detail, mend);
}
