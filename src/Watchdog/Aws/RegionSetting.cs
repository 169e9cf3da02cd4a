using Amazon.Runtime;
using Watchdog.Inventory;

namespace Watchdog.Aws;

/// <summary>The machine's default Region.</summary>
internal static class RegionSetting
{
    /// <summary>From <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c> (the command line's name), the AWS profile, or the instance's own metadata.</summary>
    /// <exception cref="NoRegionException">None of them names one.</exception>
    public static string Find() => FirstOf(
        Environment.GetEnvironmentVariable("AWS_REGION"), Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION"))
        ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
        ?? throw new NoRegionException("No AWS Region is known: set Inventory:Scopes, or AWS_REGION, or a region in the AWS profile.");

    private static string? FirstOf(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                return value.Trim();
            }
        }

        return null;
    }
}
