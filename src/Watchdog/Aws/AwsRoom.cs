using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Governing;
using Watchdog.Enforcement.Notifying;
using Watchdog.Enforcement.Restraining;
using Watchdog.Inventory;
using Watchdog.Storage.Rates;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Agents;
using Watchdog.Telemetry.Spending;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Aws;

/// <summary>Puts the room together.</summary>
public static class AwsRoom
{
    /// <summary>
    /// Adds the ports' implementations over AWS's clients. Needs <see cref="Clocks"/>, and the options of <c>AddInventory</c> and
    /// <c>AddTelemetry</c>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="simulated">A simulated Region in place of AWS; null for AWS, or for what <c>AWS_ENDPOINT_URL</c> names.</param>
    public static IServiceCollection AddAws(this IServiceCollection services, SimulatedEndpoint? simulated = null)
    {
        services.AddCallRates();
        services.AddSingleton<CallMeter>();
        services.AddSingleton<IBill>(provider => provider.GetRequiredService<CallMeter>());
        services.AddSingleton(provider => new ClientFactory(
            provider.GetRequiredService<IOptions<AwsOptions>>(), provider.GetRequiredService<Clocks>(), provider.GetRequiredService<CallMeter>(), simulated,
            simulated is null ? provider.GetService<RateLeases>() : null));
        services.AddSingleton<DefaultRegion>(simulated is null ? RegionSetting.Find : () => "us-east-1");
        services.AddSingleton<IFleetSource, Ec2FleetSource>();
        services.AddSingleton<CloudWatchMetricSource>();
        services.AddSingleton<IMetricSource>(provider => provider.GetRequiredService<IOptions<TelemetryOptions>>().Value.Stream.Enabled
            ? ActivatorUtilities.CreateInstance<StreamedMetricSource>(provider, provider.GetRequiredService<CloudWatchMetricSource>())
            : provider.GetRequiredService<CloudWatchMetricSource>());
        services.AddSingleton<IGuestProbe, SsmGuestProbe>();
        services.AddSingleton<IAgentListing, SsmAgentListing>();
        services.AddSingleton<IActuator, Ec2Actuator>();
        services.AddSingleton<DocumentSender>();
        services.AddSingleton<IRestrainer, SsmRestrainer>();
        services.AddSingleton<INotifier, SsmNotifier>();
        services.AddSingleton<AccessProbe>();
        services.AddSingleton<IdentityProbe>();
        return services;
    }

    /// <summary>Adds AWS's rates alone: what an estimate needs, without credentials or a Region.</summary>
    public static IServiceCollection AddCallRates(this IServiceCollection services)
    {
        services.AddOptions<AwsOptions>().BindConfiguration(AwsOptions.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<AwsOptions>, AwsOptionsValidator>().AddSingleton<ICallRates, CallRates>();
    }
}
