using System.Globalization;
using Watchdog.Http.Access;
using Watchdog.Policy.Bulks;
using Watchdog.Policy.Exempting;

namespace Watchdog.Reports.Pages;

/// <summary>What a role may ask for where that hangs on what is asked, beyond an endpoint's entry. Pure; each answer is a sentence, null where they may.</summary>
public static class Rights
{
    /// <summary>Why a visitor may not ask the same of so many cases.</summary>
    public static string? BulkRefusal(int cases, Visitor visitor) => cases <= BulkRules.TypedAbove || visitor.Role >= Role.Admin ? null
        : string.Create(CultureInfo.InvariantCulture, $"More than {BulkRules.TypedAbove} cases at once are an admin's to act on; {visitor.Name} is {Roles.NameOf(visitor.Role)}. Narrow the set.");

    /// <summary>Why a visitor may not decide on exemptions of a kind, or end one.</summary>
    public static string? ExemptRefusal(string kind, Visitor visitor) => !ExemptionRules.NeedsTwo(kind) || visitor.Role >= Role.Admin ? null
        : $"What covers more than one owner's VMs is an admin's to propose, approve and end; {visitor.Name} is {Roles.NameOf(visitor.Role)}.";

    /// <summary>Why a visitor may not exempt by a kind, or propose it: with a program's proposal, one person's approval would be all.</summary>
    public static string? ProposeRefusal(string kind, Visitor visitor) => ExemptRefusal(kind, visitor) ?? (!ExemptionRules.NeedsTwo(kind) || visitor.IsPerson ? null
        : $"What covers more than one owner's VMs takes two persons, and {visitor.Name} is none: propose it in the pages, at /exemptions/add.");

    /// <summary>Why a visitor may not approve a proposal.</summary>
    public static string? ApproveRefusal(ExemptionProposal proposal, Visitor visitor) => visitor switch
    {
        { IsPerson: false } => "A program is not one of two persons.",
        _ when ExemptionRules.SamePerson(proposal.Author, visitor.Name) => "You proposed it: somebody else has to approve it.",
        _ => ExemptRefusal(proposal.Kind, visitor),
    };

    /// <summary>Why a visitor may not decline a proposal.</summary>
    public static string? DeclineRefusal(ExemptionProposal proposal, Visitor visitor) =>
        ExemptionRules.SamePerson(proposal.Author, visitor.Name) && visitor.Role >= Role.Operator ? null : ExemptRefusal(proposal.Kind, visitor);
}
