namespace Watchdog.Policy.Exempting;

/// <summary>An exemption that somebody asks for.</summary>
/// <param name="Kind">One of <see cref="Exemption.Kinds"/>.</param>
/// <param name="Subject">Whom it covers, as <see cref="Exemption.Subject"/>.</param>
/// <param name="Reason">Why, in a sentence: it stands in every act that is refused by it.</param>
/// <param name="Until">When it ends.</param>
/// <param name="CaseId">The case that gives rise to it, whose VM it must cover; null: none.</param>
/// <param name="ReleaseVersion">The case's version that the person saw, where its release is asked for as well; null: it is not.</param>
public sealed record ExemptionOrder(string Kind, string Subject, string Reason, DateTimeOffset Until, long? CaseId = null, int? ReleaseVersion = null);

/// <summary>What came of asking for an exemption, or of deciding on one.</summary>
/// <param name="Exemption">The exemption's number where one is in force now.</param>
/// <param name="Proposal">The proposal's number where a second person decides, or has.</param>
/// <param name="Request">The request for the case's release where one was made.</param>
/// <param name="Sentence">In words, for who asked.</param>
public sealed record ExemptionAnswer(Ledger.AskedAs As, string Sentence, long? Exemption = null, long? Proposal = null, long? Request = null);
