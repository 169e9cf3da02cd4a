using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Watchdog.Storage;

/// <summary>Section <c>Storage</c>: where the one database is, and how hard it may be used.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>
    /// Npgsql connection string. Default null: a private cluster of this machine's own PostgreSQL in <see cref="DataFolder"/>. Set it
    /// as soon as a second worker, or a backup that somebody else runs, is wanted.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// Folder of the private cluster. Default null: the environment's WATCHDOG_DATA, else <c>/var/lib/watchdog</c> for root, else
    /// <c>$XDG_DATA_HOME/watchdog</c> or <c>~/.local/share/watchdog</c>. Losing the folder loses the ledger.
    /// </summary>
    public string? DataFolder { get; set; }

    /// <summary>
    /// Most connections of one worker, 8 to 1000; default 64. Must exceed the scheduler's 32 slots plus the pages' needs, and all
    /// workers together must stay under the server's max_connections (100 in a private cluster).
    /// </summary>
    [Range(8, 1000)]
    public int MaxPoolSize { get; set; } = 64;

    /// <summary>Seconds before a command is given up, 1 to 600; default 30. Migrations have no limit.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>
    /// True lets a private cluster answer before its data is on the disk; default false. For a demo or a test: the ledger of a worker
    /// whose machine loses power would be torn.
    /// </summary>
    public bool RelaxedDurability { get; set; }
}

/// <summary>Checks the ranges above, all of them at once.</summary>
[OptionsValidator]
public sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

/// <summary>Whether Npgsql can read the connection string. Its own message stays out: it may quote a piece of a password.</summary>
internal sealed class ConnectionStringValidator : IValidateOptions<StorageOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            return ValidateOptionsResult.Success;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            return ValidateOptionsResult.Fail($"{StorageOptions.Section}:ConnectionString cannot be read: write it as Npgsql does, "
                + "Host=…;Port=…;Username=…;Password=…;Database=…, and quote a value that holds a semicolon.");
        }
    }
}
