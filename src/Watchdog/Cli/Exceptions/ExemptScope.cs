using System.CommandLine;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;

namespace Watchdog.Cli.Exceptions;

/// <summary>Whom an exemption covers, on the command line: what it goes by, and whom.</summary>
internal sealed record ExemptScope(Argument<string> Kind, Argument<string> Subject)
{
    public static ExemptScope Create()
    {
        var kind = new Argument<string>("KIND") { Description = "What it goes by: " + string.Join(", ", Exemption.Kinds) + "." };
        kind.AcceptOnlyFromAmong([.. Exemption.Kinds]);
        return new(kind, new("SUBJECT")
        {
            Description = "Instance id, owner, image id, a tag as key=value (only of a tag that users cannot set), or the path of the program that has most of the CPU.",
        });
    }

    /// <summary>Adds both to a command, which then refuses what names nothing.</summary>
    public void AddTo(Command command)
    {
        command.Add(Kind);
        command.Add(Subject);
        command.Validators.Add(result =>
        {
            if (ExemptionRules.SubjectFault(result.GetValue(Kind) ?? "", result.GetValue(Subject) ?? "") is { } fault)
            {
                result.AddError(fault);
            }
        });
    }
}
