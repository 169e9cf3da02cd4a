namespace Watchdog.Policy.Ladders;

/// <summary>What differs for the VMs of one plan (column <c>vm.plan</c>); what is null stays as it is for everybody.</summary>
public sealed class PlanRule
{
    /// <summary>The rungs that wait for a person, in every class that does not say otherwise: a list, <c>none</c> or <c>all</c>.</summary>
    public string? Approval { get; set; }

    /// <summary>Miners.</summary>
    public ClassOverride? Miner { get; set; }

    /// <summary>Fork bombs.</summary>
    public ClassOverride? ForkBomb { get; set; }

    /// <summary>Runaway processes.</summary>
    public ClassOverride? Runaway { get; set; }

    /// <summary>Dead or hanging kernels.</summary>
    public ClassOverride? Panic { get; set; }
}

/// <summary>What differs in one class; the members are those of <see cref="ClassRule"/>, but for the clock, which all plans share.</summary>
public sealed class ClassOverride
{
    /// <inheritdoc cref="ClassRule.Ladder"/>
    public string? Ladder { get; set; }

    /// <inheritdoc cref="ClassRule.Approval"/>
    public string? Approval { get; set; }

    /// <inheritdoc cref="ClassRule.Evidence"/>
    public EvidenceNeed? Evidence { get; set; }

    /// <inheritdoc cref="ClassRule.DecisiveFrom"/>
    public string? DecisiveFrom { get; set; }

    /// <inheritdoc cref="ClassRule.Persistence"/>
    public TimeSpan? Persistence { get; set; }

    /// <inheritdoc cref="ClassRule.BetweenRungs"/>
    public TimeSpan? BetweenRungs { get; set; }

    /// <inheritdoc cref="ClassRule.ClimbAfter"/>
    public string? ClimbAfter { get; set; }

    /// <inheritdoc cref="ClassRule.QuietRungs"/>
    public string? QuietRungs { get; set; }

    /// <summary>The rule of everybody with what differs laid over it.</summary>
    public static ClassRule Over(ClassRule rule, PlanRule? plan, ClassOverride? own) => new()
    {
        Ladder = own?.Ladder ?? rule.Ladder,
        Approval = own?.Approval ?? plan?.Approval ?? rule.Approval,
        Evidence = own?.Evidence ?? rule.Evidence,
        DecisiveFrom = own?.DecisiveFrom ?? rule.DecisiveFrom,
        Persistence = own?.Persistence ?? rule.Persistence,
        BetweenRungs = own?.BetweenRungs ?? rule.BetweenRungs,
        ClimbAfter = own?.ClimbAfter ?? rule.ClimbAfter,
        QuietRungs = own?.QuietRungs ?? rule.QuietRungs,
        Clock = rule.Clock,
        ClockDoes = rule.ClockDoes,
    };
}
