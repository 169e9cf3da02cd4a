namespace Watchdog.Cli.Doctor;

/// <summary>The examination as JSON; its names are a contract.</summary>
/// <param name="Healthy">Nothing is wrong; what is unknown does not count.</param>
internal sealed record DoctorJson(bool Healthy, IReadOnlyList<CheckJson> Checks)
{
    public static DoctorJson Of(bool healthy, IReadOnlyList<Check> checks) =>
        new(healthy, [.. checks.Select(check => new CheckJson(check.Name, check.Scope, StateOf(check.State), check.Detail, check.Mend))]);

    private static string StateOf(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Wrong => "wrong",
        _ => "unknown",
    };
}

/// <summary>One check.</summary>
/// <param name="State"><c>ok wrong unknown</c>.</param>
internal sealed record CheckJson(string Check, string? Scope, string State, string Detail, string? Mend);
