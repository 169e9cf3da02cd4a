using Watchdog.Detectors.Abuse;
using Watchdog.Enforcement.Restraining;
using Watchdog.Telemetry;

namespace Watchdog.Enforcement.Plans;

/// <summary>Plans the gentlest rung that changes anything: one process, or the crowd that it stands for, is capped inside the guest.</summary>
public static class RestrainPlan
{
    /// <summary>Makes the plan; pure.</summary>
    /// <param name="of">The VM as just read.</param>
    /// <param name="culprit">The process that the case's evidence names; null when it names none.</param>
    /// <param name="agent">What SSM says of the guest's agent now.</param>
    public static Plan For(Subject of, Culprit? culprit, AgentState agent, RestrainOptions options)
    {
        if (Refusal(of, culprit, agent) is { } reason)
        {
            return Plan.Refuse($"{reason}.");
        }

        var process = culprit!.Process;
        var ends = options.End && !culprit.Crowd;
        var wanted = new Restraint(
            process.Pid, process.StartTicks!.Value, ends ? RestraintActions.End : RestraintActions.Cap, options.CpuPercent, culprit.Crowd, process.Comm);
        var restrain = new PlannedStep(
            StepKinds.Restrain, wanted.TargetOn(of.Now.InstanceId), "ssm:SendCommand",
            new Shape(Restraint: wanted with { Action = RestraintActions.None }), new Shape(Restraint: wanted),
            ends ? null : new Shape(Restraint: wanted with { Action = RestraintActions.Lift }),
            ends ? "the document says that the process is gone"
                : $"the document reads the limit and the cgroup back, and {options.ConfirmSeconds} s later what the process took since",
            of.Patience);
        return new Plan(
            $"inside {of.Now.InstanceId}: {wanted.Words}", ends ? [CommonSteps.Evidence(of), restrain] : [restrain],
            ends ? [$"process {process.Pid}, and what it had not saved"] : [], null);
    }

    private static string? Refusal(Subject of, Culprit? culprit, AgentState agent) => (of, culprit, agent) switch
    {
        ({ Untouchable: { } reason }, _, _) => reason,
        ({ Now.State: not VmStates.Running and var state }, _, _) => $"{of.Now.InstanceId} is {state}: no process of it can be restrained",
        (_, null, _) => "the last look inside names no process",
        (_, { Process: { Pid: <= 1 } process }, _) => $"the process that the look names is number {process.Pid}, which is never touched",
        (_, { Process.StartTicks: null } named, _) =>
            $"the look inside does not say when process {named.Process.Pid} began, and without that another one might be meant: install the inspection "
            + "document of this version (docs/ssm), then confirm the case after the next look",
        (_, _, not AgentState.Online) => $"its SSM agent does not answer ({agent})",
        _ => null,
    };
}
