using System.Data.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Storage.Cluster;
using Watchdog.Storage.Nodes;
using Watchdog.Storage.Rates;

namespace Watchdog.Storage;

/// <summary>Puts the room into the container.</summary>
public static class StorageRoom
{
    /// <summary>
    /// The data source (also as <see cref="DbDataSource"/>), the migrator, and the private cluster where no connection string is
    /// set. The first to ask for the data source waits until the cluster runs: one to three seconds, once in a process. The container
    /// must be disposed of asynchronously, or the cluster goes on running.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, ConnectionStringValidator>());
        services.TryAddSingleton(Clocks.Real);
        services.TryAddSingleton(Node.Create());
        services.AddSingleton(OpenDataSource);
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddSingleton(provider => DatabaseClock.Of(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<Clocks>().Wall));
        services.AddSingleton<RateLeases>();
        services.AddSingleton<NodeBook>();
        services.AddSingleton<JobCount>();
        services.AddSingleton(provider => new Migrator(
            provider.GetRequiredService<NpgsqlDataSource>(), Migration.Embedded, provider.GetRequiredService<Clocks>().Wall,
            provider.GetRequiredService<ILogger<Migrator>>()));
        if (string.IsNullOrWhiteSpace(configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.ConnectionString)}"]))
        {
            services.AddSingleton(OpenCluster);
            services.AddHostedService<PrivateClusterKeeper>();
        }

        return services;
    }

    private static NpgsqlDataSource OpenDataSource(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var connectionString = provider.GetService<PrivateCluster>()?.ConnectionString ?? options.ConnectionString!;
        return DataSources.Create(connectionString, options, provider.GetService<ILoggerFactory>());
    }

    private static PrivateCluster OpenCluster(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var folder = ClusterFolder.Default(options.DataFolder, Environment.GetEnvironmentVariable, Environment.IsPrivilegedProcess);
        var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger<PrivateCluster>();
        var settings = new ClusterSettings(options.RelaxedDurability);
        // Factories of the container are synchronous; off the caller's context, so that nothing can wait on itself.
        return Task.Run(() => PrivateCluster.OpenAsync(folder, settings, provider.GetRequiredService<Clocks>().Wall, log, CancellationToken.None))
            .GetAwaiter().GetResult();
    }
}
