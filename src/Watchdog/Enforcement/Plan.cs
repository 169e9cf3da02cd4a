namespace Watchdog.Enforcement;

/// <summary>What a step does; the names in column <c>step.kind</c>.</summary>
public static class StepKinds
{
    /// <summary>CreateTags or DeleteTags on the VM.</summary>
    public const string Tag = "tag";
    /// <summary>ModifyNetworkInterfaceAttribute: an interface's whole set of groups.</summary>
    public const string Groups = "groups";
    /// <summary>StopInstances.</summary>
    public const string Stop = "stop";
    /// <summary>StartInstances.</summary>
    public const string Start = "start";
}

/// <summary>One API call of a plan.</summary>
/// <param name="Kind">One of <see cref="StepKinds"/>.</param>
/// <param name="Target">Instance or interface id.</param>
/// <param name="IamAction">The permission that the call needs.</param>
/// <param name="Before">What was there when the plan was made.</param>
/// <param name="Wanted">What a re-read must show.</param>
/// <param name="Undo">What a release puts back; null when there is nothing to put back.</param>
/// <param name="Skip">Why there is nothing to do; null when there is.</param>
public sealed record PlannedStep(string Kind, string Target, string IamAction, Shape Before, Shape Wanted, Shape? Undo, string? Skip = null);

/// <summary>A plan as data: journalled, then executed step by step.</summary>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Steps">In the order of their execution.</param>
/// <param name="NotBroughtBack">What its undo cannot bring back, each in a sentence (DESIGN law 4).</param>
/// <param name="Refused">Why it must not be done; null when it may. A refused plan has no steps.</param>
public sealed record Plan(string Summary, IReadOnlyList<PlannedStep> Steps, IReadOnlyList<string> NotBroughtBack, string? Refused)
{
    /// <summary>A plan that must not be done.</summary>
    public static Plan Refuse(string reason) => new(reason, [], [], reason);
}
