using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Watchdog.Reports.Pages;

/// <summary>The pages' scripts and styles, from the program itself: nothing is fetched from elsewhere. Packed once.</summary>
public static class AssetFiles
{
    private const string Prefix = "Assets/";

    private static readonly FrozenDictionary<string, Asset> All = typeof(AssetFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(typeof(AssetFiles).Assembly, name));

    /// <summary>An asset's address, which changes with its content, so that browsers may keep it for ever.</summary>
    public static string Href(string name) => $"/assets/{name}?v={All[name].Version}";

    /// <summary>An asset; null: there is none of that name.</summary>
    public static Asset? Find(string name) => All.GetValueOrDefault(name);

    private static Asset Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        return new(type, plain, packed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(plain))[..12]);
    }
}

/// <summary>One file.</summary>
/// <param name="Version">Of its content.</param>
public sealed record Asset(string ContentType, byte[] Plain, byte[] Packed, string Version);
