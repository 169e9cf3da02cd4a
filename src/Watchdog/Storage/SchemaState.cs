namespace Watchdog.Storage;

/// <summary>What a database's schema is, seen from this program.</summary>
/// <param name="Pending">Migrations still to apply, in order; empty when current.</param>
/// <param name="Refusal">Why this program must not touch the database; null when it may.</param>
public sealed record SchemaState(IReadOnlyList<Migration> Pending, string? Refusal)
{
    /// <summary>Compares what was applied with what is known. Pure.</summary>
    /// <param name="floor">The newest migration that a program must know to run on this schema; null where the schema does not say.</param>
    public static SchemaState Compare(IReadOnlyCollection<AppliedMigration> applied, IReadOnlyList<Migration> known, int? floor = null)
    {
        var byVersion = applied.ToDictionary(a => a.Version);
        foreach (var migration in known)
        {
            if (byVersion.TryGetValue(migration.Version, out var row) && row.Sha256 != migration.Sha256)
            {
                return Refused($"migration {migration.Version:D4}_{migration.Name} was applied from another text "
                    + $"(SHA-256 {row.Sha256[..12]}… there, {migration.Sha256[..12]}… here): an applied migration never changes, add a new one");
            }
        }

        var newest = known.Count == 0 ? 0 : known[^1].Version;
        var unknown = applied.Where(a => a.Version > newest).MaxBy(a => a.Version);
        if (unknown is not null && !(newest >= floor))
        {
            return Refused($"the database is at version {unknown.Version} ({unknown.Name}), newer than this program's {newest}"
                + (floor is null ? "" : $", and since version {floor} older programs may not run on it")
                + ": run the newer watchdog; migrations only go forward");
        }

        var pending = known.Where(m => !byVersion.ContainsKey(m.Version)).ToArray();
        var last = applied.Count == 0 ? 0 : applied.Max(a => a.Version);
        return pending.Length > 0 && pending[0].Version < last
            ? Refused($"migration {pending[0].Version:D4}_{pending[0].Name} is missing below version {last}: restore the row of schema_version that was removed")
            : new SchemaState(pending, null);
    }

    private static SchemaState Refused(string why) => new([], why);
}

/// <summary>The database's schema is not one that this program may work on.</summary>
public sealed class SchemaException(string message) : Exception(message);
