using Microsoft.Extensions.Options;

namespace Watchdog.IdleShutdown.Savings;

/// <summary>Checks the file of prices at start: one that cannot be read or holds a fault stops it, with every fault named.</summary>
public sealed class PriceFileCheck : IValidateOptions<IdleShutdownOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, IdleShutdownOptions options)
    {
        var (prices, faults) = PriceFile.Read(options.PricesPath);
        return prices is not null ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{IdleShutdownOptions.Section}:{nameof(IdleShutdownOptions.PricesFile)} '{options.PricesPath}': {fault}."));
    }
}
