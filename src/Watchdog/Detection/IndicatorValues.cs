using System.Globalization;
using System.Text.RegularExpressions;
using Watchdog.Detectors.Mining;

namespace Watchdog.Detection;

/// <summary>What a value of each kind must look like, so that one bad line cannot make every VM a miner.</summary>
internal static partial class IndicatorValues
{
    // Programs of every VM: none of them is a miner by its name.
    private static readonly HashSet<string> Everywhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "bash", "sh", "dash", "zsh", "python", "python3", "node", "java", "dotnet", "ruby", "perl", "php", "systemd", "init", "sshd", "containerd", "nginx", "postgres", "chrome",
    };

    /// <summary>What is wrong with the value and how to mend it; null when nothing is.</summary>
    public static string? Fault(IndicatorKind kind, string value) => kind switch
    {
        IndicatorKind.Name or IndicatorKind.SharedName when !NameShape().IsMatch(value) => "a name is an executable's file name of 3 to 64 letters, digits, '.', '_', '+' or '-', without its folder",
        IndicatorKind.Name or IndicatorKind.SharedName when Everywhere.Contains(value) => "this program runs on every VM: name the miner's own executable",
        IndicatorKind.Argument when value.Trim() != value || value.Length is < 6 or > 128 || value.Any(char.IsControl) => "an argument is 6 to 128 printable characters without blanks at its ends: shorter ones stand in honest commands too",
        IndicatorKind.Algorithm when !AlgorithmShape().IsMatch(value) => "an algorithm is 3 to 64 letters, digits, '/', '_' or '-'",
        IndicatorKind.Pool when !PoolShape().IsMatch(value) => "a pool is a domain of two labels or more, without scheme and port; addresses are shared and never count",
        IndicatorKind.Wallet when !WalletShape().IsMatch(value) => "a wallet is 20 to 128 letters and digits",
        IndicatorKind.Port when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65_535 => "a port is a whole number from 1 to 65535",
        _ => null,
    };

    [GeneratedRegex("^[A-Za-z0-9._+-]{3,64}$")]
    private static partial Regex NameShape();

    [GeneratedRegex("^[A-Za-z0-9/_-]{3,64}$")]
    private static partial Regex AlgorithmShape();

    // The last label holds a letter, so that no IPv4 address is a domain.
    [GeneratedRegex(@"^(?=.{4,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}$")]
    private static partial Regex PoolShape();

    [GeneratedRegex("^[A-Za-z0-9]{20,128}$")]
    private static partial Regex WalletShape();
}
