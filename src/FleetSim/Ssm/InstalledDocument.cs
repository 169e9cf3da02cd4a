using System.Security.Cryptography;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>The content that the account's documents have: one version, as the operator installed it.</summary>
internal static class InstalledDocument
{
    public const string Version = "1";

    /// <summary>SHA-256 of the content, lowercase hexadecimal.</summary>
    public static string Hash { get; } = Read();

    /// <summary>Refuses a version that does not exist and a hash that is not the content's.</summary>
    public static void Check(string name, string? version, string? hash, string? hashType)
    {
        if (version is not (null or Version or "$DEFAULT" or "$LATEST"))
            throw new AwsError(400, "InvalidDocumentVersion", $"Document {name} has no version {version}.");
        if (hashType is not (null or "Sha256" or "Sha1"))
            throw AwsError.Validation("1 validation error detected: Value at 'documentHashType' failed to satisfy constraint: Member must satisfy enum value set: [Sha256, Sha1]");
        if (hash is not null && (hashType == "Sha1" || !string.Equals(hash, Hash, StringComparison.OrdinalIgnoreCase)))
            throw new AwsError(400, "InvalidDocument", $"The hash of document {name} does not match.");
    }

    private static string Read()
    {
        using var content = typeof(InstalledDocument).Assembly.GetManifestResourceStream("Watchdog-FleetInspect.yaml")!;
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
