using Microsoft.Extensions.Options;
using Watchdog.Enforcement.Governing;
using Watchdog.Enforcement.Plans;
using Watchdog.Enforcement.Restraining;
using Watchdog.Enforcement.Steps;
using Watchdog.Enforcement.Verifying;
using Watchdog.IdleShutdown.Schedules;

namespace Watchdog.Enforcement;

/// <summary>The room's registrations.</summary>
public static class EnforcementRoom
{
    /// <summary>Adds the actuator's run; needs an <see cref="IActuator"/>, an <see cref="IRestrainer"/>, an <see cref="Notifying.INotifier"/>, the detectors' rules, metrics and a guest probe, the ledger, the policy and the clocks.</summary>
    public static IServiceCollection AddEnforcement(this IServiceCollection services)
    {
        services.AddOptions<EnforcementOptions>().BindConfiguration(EnforcementOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<EnforcementOptions>, EnforcementOptionsValidator>()
            // Schedules spread their starts by what the governor may call.
            .AddSingleton(provider => provider.GetService<ICallRates>()?.Of(CallNeeds.InstancesOf("ec2:StartInstances")) is { } bucket
                ? new WakeRate(bucket.Size, bucket.PerSecond) : WakeRate.Default)
            .AddSingleton<Grounds>()
            .AddSingleton<ActPlanner>()
            .AddSingleton<Drafts>()
            .AddSingleton<VmReader>()
            .AddSingleton<StepGate>()
            .AddSingleton<Exposure>()
            .AddSingleton<IStep, CallStep>()
            .AddSingleton<IStep, EvidenceStep>()
            .AddSingleton<IStep, IsolateStep>()
            .AddSingleton<IStep, SnapshotStep>()
            .AddSingleton<IStep, RebootStep>()
            .AddSingleton<IStep, RestrainStep>()
            .AddSingleton<IStep, IdleStopStep>()
            .AddSingleton<IStep, NotifyStep>()
            .AddSingleton<Culprits>()
            .AddSingleton<EarlierLook>()
            .AddSingleton<Verifier>()
            .AddSingleton<ActExecutor>()
            .AddSingleton<StopRound>()
            .AddSingleton<Governor>()
            .AddSingleton<RequestDesk>()
            .AddSingleton<ActuatorRun>();
    }
}

/// <summary>Checks the section's ranges, all at once.</summary>
[OptionsValidator]
public sealed partial class EnforcementOptionsValidator : IValidateOptions<EnforcementOptions>;
