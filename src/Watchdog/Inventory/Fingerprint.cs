namespace Watchdog.Inventory;

/// <summary>A 64-bit FNV-1a hash over fields, the same on every machine and version: a row whose fingerprint stands is not written again.</summary>
internal struct Fingerprint
{
    private const ulong Prime = 1099511628211;
    private ulong _hash;

    public Fingerprint() => _hash = 14695981039346656037;

    /// <summary>The hash so far.</summary>
    public readonly long Value => unchecked((long)_hash);

    /// <summary>Adds a text; null and empty differ, and so do neighbouring fields that share their characters otherwise.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Step(0x1_0001);
            return;
        }

        foreach (var unit in text)
        {
            Step(unit);
        }

        Step(0x1_0000);
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        Step((ulong)number & 0xFFFF_FFFF);
        Step((ulong)number >> 32);
    }

    private void Step(ulong value) => _hash = unchecked((_hash ^ value) * Prime);
}
