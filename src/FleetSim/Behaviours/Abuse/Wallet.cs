namespace Watchdog.FleetSim.Behaviours;

/// <summary>What a Monero address looks like: a 4, one of few second digits, and 93 more of base 58. It belongs to nobody: the digits are noise.</summary>
internal static class Wallet
{
    private const string Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Of(ulong seed) => string.Create(95, seed, static (text, seed) =>
    {
        for (int i = 0; i < text.Length; i++) text[i] = Digits[(int)(Noise.Bits(seed, i, Channel.Identity) % 58)];
        text[0] = '4';
        text[1] = Digits[(int)(seed % 9)];
    });
}
