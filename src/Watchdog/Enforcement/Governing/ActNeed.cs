namespace Watchdog.Enforcement.Governing;

/// <summary>What one act asks of AWS until it is in force.</summary>
/// <param name="Tokens">Tokens by bucket.</param>
/// <param name="Calls">Calls, one after the other.</param>
public sealed record ActNeed(IReadOnlyDictionary<string, double> Tokens, int Calls);

/// <summary>A step that is still to do, as far as its calls go.</summary>
/// <param name="Kind">One of <see cref="Plans.StepKinds"/>.</param>
/// <param name="IamAction">Its permission, which is its bucket.</param>
public readonly record struct StepToDo(string Kind, string IamAction);
