using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Watchdog.Storage;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Version">Its number, from 1 on without gaps.</param>
/// <param name="Name">What it does, from the file's name.</param>
/// <param name="Sha256">Hex SHA-256 of the text, line ends normalised.</param>
/// <param name="Sql">The text, run in one transaction.</param>
public sealed record Migration(int Version, string Name, string Sha256, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>The migrations inside this assembly, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = Load();

    /// <summary>A migration of a file named <c>NNNN_what_it_does.sql</c>.</summary>
    public static Migration Parse(string fileName, string sql)
    {
        var text = sql.ReplaceLineEndings("\n");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var stem = Path.GetFileNameWithoutExtension(fileName);
        return new Migration(int.Parse(stem[..4], NumberStyles.None, CultureInfo.InvariantCulture), stem[5..], sha256, text);
    }

    private static Migration[] Load()
    {
        var assembly = typeof(Migration).Assembly;
        var found = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            found.Add(Parse(resource[Folder.Length..], reader.ReadToEnd()));
        }

        return [.. found.OrderBy(m => m.Version)];
    }
}

/// <summary>One row of <c>schema_version</c>.</summary>
public sealed record AppliedMigration(int Version, string Name, string Sha256);
