using Microsoft.Extensions.Options;

namespace Watchdog.Inventory;

/// <summary>Puts the room together.</summary>
public static class InventoryRoom
{
    /// <summary>Adds scopes, sweeps and reads of VMs. Needs an <c>NpgsqlDataSource</c>, an <see cref="IFleetSource"/> and a <see cref="DefaultRegion"/>.</summary>
    public static IServiceCollection AddInventory(this IServiceCollection services)
    {
        services.AddOptions<InventoryOptions>().BindConfiguration(InventoryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InventoryOptions>, InventoryOptionsValidator>();
        services.AddSingleton<IValidateOptions<InventoryOptions>, InventoryScopesValidator>();
        services.AddSingleton<ScopeCatalog>();
        services.AddSingleton<InventorySweep>();
        services.AddSingleton<StatusSweep>();
        services.AddSingleton<VmRepository>();
        services.AddSingleton<AddressRepository>();
        return services;
    }
}
