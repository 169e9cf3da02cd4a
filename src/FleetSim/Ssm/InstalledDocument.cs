using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ssm;

/// <summary>A document of the account: one version, as the operator installed it, with what it lets into its parameters.</summary>
internal sealed partial class InstalledDocument
{
    public const string Version = "1";

    private static readonly InstalledDocument Inspection = new("Watchdog-FleetInspect.yaml");
    private static readonly InstalledDocument Restraint = new("Watchdog-Restrain.yaml");
    private static readonly InstalledDocument Notice = new("Watchdog-Notify.yaml");
    private readonly Dictionary<string, Regex> _patterns;

    private InstalledDocument(string resource)
    {
        using var content = typeof(InstalledDocument).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
        _patterns = Parameter().Matches(Encoding.UTF8.GetString(bytes.ToArray()))
            .ToDictionary(m => m.Groups["name"].Value, m => new Regex(m.Groups["pattern"].Value, RegexOptions.CultureInvariant), StringComparer.Ordinal);
    }

    /// <summary>SHA-256 of the content, lowercase hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The content that a name stands for: those of the restraint and the notice for their own, that of the inspection for any other.</summary>
    public static InstalledDocument Of(string name) => Restrains(name) ? Restraint : Notifies(name) ? Notice : Inspection;

    /// <summary>Whether the name is the restraining document's.</summary>
    public static bool Restrains(string name) => name == "Watchdog-Restrain";

    /// <summary>Whether the name is the notifying document's.</summary>
    public static bool Notifies(string name) => name == "Watchdog-Notify";

    /// <summary>Refuses a version that does not exist and a hash that is not the content's.</summary>
    public void Check(string name, string? version, string? hash, string? hashType)
    {
        if (version is not (null or Version or "$DEFAULT" or "$LATEST"))
            throw new AwsError(400, "InvalidDocumentVersion", $"Document {name} has no version {version}.");
        if (hashType is not (null or "Sha256" or "Sha1"))
            throw AwsError.Validation("1 validation error detected: Value at 'documentHashType' failed to satisfy constraint: Member must satisfy enum value set: [Sha256, Sha1]");
        if (hash is not null && (hashType == "Sha1" || !string.Equals(hash, Hash, StringComparison.OrdinalIgnoreCase)))
            throw new AwsError(400, "InvalidDocument", $"The hash of document {name} does not match.");
    }

    /// <summary>The parameters of a call, one value each; refuses what the document does not know, misses, or does not let through.</summary>
    public IReadOnlyDictionary<string, string> Parameters(JsonElement body)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.TryGetProperty("Parameters", out var all) && all.ValueKind == JsonValueKind.Object)
        {
            foreach (var one in all.EnumerateObject())
            {
                if (!_patterns.TryGetValue(one.Name, out var pattern) || one.Value.ValueKind != JsonValueKind.Array || one.Value.GetArrayLength() != 1)
                    throw Invalid($"Parameter {one.Name} is none that the document takes.");
                var value = one.Value[0].GetString() ?? "";
                if (value.Contains('\n') || !pattern.IsMatch(value))
                    throw Invalid($"Parameter value {value} for parameter name {one.Name} does not match the required pattern {pattern}");
                given[one.Name] = value;
            }
        }

        return given.Count == _patterns.Count ? given
            : throw Invalid("You must specify values for all required parameters in the Systems Manager document.");
    }

    private static AwsError Invalid(string message) => new(400, "InvalidParameters", message);

    [GeneratedRegex("^  (?<name>\\w+):\n    type: \"String\"\n    description: \"[^\"]+\"\n    allowedPattern: \"(?<pattern>[^\"]+)\"$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
