using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Watchdog.Alerts.Conditions;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Telling;

namespace Watchdog.Alerts;

/// <summary>The room's registrations.</summary>
public static class AlertsRoom
{
    /// <summary>Adds the pipeline, what workers measure, and both services; needs storage, policy and telemetry.</summary>
    public static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddIncidentOptions();
        services.TryAddSingleton<AwsCallWatch>();
        return services
            .AddSingleton<IConditionSource, AwsConditions>()
            .AddSingleton<IConditionSource, BudgetConditions>()
            .AddSingleton<IConditionSource, WorkerConditions>()
            .AddSingleton<IConditionSource, OutboxConditions>()
            .AddSingleton<IConditionSource, DatabaseConditions>()
            .AddSingleton<IConditionSource, ApprovalConditions>()
            .AddSingleton<IConditionSource, ScheduleConditions>()
            .AddSingleton<Prices>()
            .AddSingleton<AlertPipeline>()
            .AddHostedService<ConditionService>()
            .AddHostedService<AlertService>();
    }

    /// <summary>Adds the room's options, checked at start.</summary>
    public static IServiceCollection AddIncidentOptions(this IServiceCollection services)
    {
        services.TryAddSingleton<IReceiverNames, ConfiguredReceivers>();
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section, Strictly).ValidateOnStart();
        services.AddOptions<MutingOptions>().BindConfiguration(MutingOptions.Section, Strictly).ValidateOnStart();
        services.AddOptions<RoutingOptions>().BindConfiguration(RoutingOptions.Section, Strictly).ValidateOnStart();
        services.AddOptions<AlertLinkOptions>().BindConfiguration(AlertLinkOptions.Section, Strictly).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AlertOptions>, AlertValidators>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MutingOptions>, AlertValidators>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RoutingOptions>, AlertValidators>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AlertLinkOptions>, AlertValidators>());
        return services;
    }

    // Else an entry of a list that cannot be read is left out, and a misspelled key is not seen: on-call would be told too little.
    private static void Strictly(BinderOptions binder) => binder.ErrorOnUnknownConfiguration = true;
}
