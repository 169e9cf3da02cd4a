namespace Watchdog.Enforcement.Plans;

/// <summary>What a step does; the names in column <c>step.kind</c>.</summary>
public static class StepKinds
{
    /// <summary>CreateTags or DeleteTags on the VM.</summary>
    public const string Tag = "tag";
    /// <summary>ModifyInstanceAttribute: termination protection.</summary>
    public const string Protect = "protect";
    /// <summary>ModifyInstanceAttribute: what a shutdown from inside does.</summary>
    public const string Shutdown = "shutdown";
    /// <summary>Console text, screenshot and a look inside, within a time limit; changes nothing.</summary>
    public const string Evidence = "evidence";
    /// <summary>ModifyNetworkInterfaceAttribute twice: the allow-all group, then the containment group.</summary>
    public const string Isolate = "isolate";
    /// <summary>ModifyNetworkInterfaceAttribute: an interface's whole set of groups.</summary>
    public const string Groups = "groups";
    /// <summary>DisassociateAddress or AssociateAddress.</summary>
    public const string Address = "address";
    /// <summary>ReplaceIamInstanceProfileAssociation.</summary>
    public const string Profile = "profile";
    /// <summary>CreateSnapshots of every volume.</summary>
    public const string Snapshots = "snapshots";
    /// <summary>The guest caps or ends one process, through SSM.</summary>
    public const string Restrain = "restrain";
    /// <summary>Whoever is logged in is told something, through SSM.</summary>
    public const string Notify = "notify";
    /// <summary>StopInstances.</summary>
    public const string Stop = "stop";
    /// <summary>StopInstances of a VM that nobody uses: looked into and judged once more right before the call.</summary>
    public const string IdleStop = "idle-stop";
    /// <summary>StartInstances.</summary>
    public const string Start = "start";
    /// <summary>RebootInstances.</summary>
    public const string Reboot = "reboot";
}

/// <summary>One step of a plan.</summary>
/// <param name="Kind">One of <see cref="StepKinds"/>.</param>
/// <param name="Target">Instance, interface or allocation id.</param>
/// <param name="IamAction">The permission that the call needs.</param>
/// <param name="Before">What was there when the plan was made.</param>
/// <param name="Wanted">What a re-read must show.</param>
/// <param name="Undo">What a release puts back; null when there is nothing to put back.</param>
/// <param name="Verify">How it is seen that it took effect, in a sentence.</param>
/// <param name="LimitSeconds">After which time it is given up, or what it opened is closed again; fleet seconds.</param>
/// <param name="Skip">Why there is nothing to do; null when there is.</param>
public sealed record PlannedStep(
    string Kind, string Target, string IamAction, Shape Before, Shape Wanted, Shape? Undo, string Verify, int LimitSeconds, string? Skip = null);

/// <summary>A plan as data: journalled, then executed step by step.</summary>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Steps">In the order of their execution.</param>
/// <param name="NotBroughtBack">What its undo cannot bring back, each in a sentence (DESIGN law 4).</param>
/// <param name="Refused">Why it must not be done; null when it may. A refused plan has no steps.</param>
/// <param name="Differs">For a release: what will not be as it was before, by each step that cannot restore it exactly.</param>
public sealed record Plan(
    string Summary, IReadOnlyList<PlannedStep> Steps, IReadOnlyList<string> NotBroughtBack, string? Refused, IReadOnlyList<string>? Differs = null)
{
    /// <summary>A plan that must not be done.</summary>
    public static Plan Refuse(string reason) => new(reason, [], [], reason);
}
