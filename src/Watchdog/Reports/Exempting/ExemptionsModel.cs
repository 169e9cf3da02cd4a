using Watchdog.Policy;

namespace Watchdog.Reports.Exempting;

/// <summary>Exceptions in force, or all that there ever were.</summary>
/// <param name="Stale">By exemption, why somebody should look at it.</param>
/// <param name="All">Whether those that have ended are shown too.</param>
public sealed record ExemptionsModel(IReadOnlyList<Exemption> Exemptions, IReadOnlyDictionary<long, string> Stale, IReadOnlyList<Hold> Holds, bool All, int Proposals);

/// <summary>One exemption, and the VMs that it has kept from an act.</summary>
public sealed record ExemptionModel(Exemption Exemption, string? Stale, IReadOnlyList<ExemptionMatch> Matches);

/// <summary>The form that ends an exemption or a hold before its time.</summary>
/// <param name="Path">Its address without <c>/end</c>.</param>
/// <param name="Words">What is ended.</param>
/// <param name="Refusal">Why the visitor cannot; null: they can.</param>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was.</param>
public sealed record EndModel(string Path, string Title, string Words, string? Refusal, string Reason, string Back, string? Wrong);

/// <summary>The form of a new hold.</summary>
/// <param name="Wrong">What was wrong with what was sent; null: nothing was.</param>
public sealed record HoldModel(string Vm, DateOnly? Until, string Reason, DateOnly First, DateOnly Last, string Back, string? Wrong);
