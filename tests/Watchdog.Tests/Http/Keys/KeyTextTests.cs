using System.Security.Cryptography;
using Watchdog.Http.Keys;

namespace Watchdog.Tests.Http.Keys;

public sealed class KeyTextTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(n => (byte)(n * 8))];

    [Fact]
    public void What_is_written_is_read_back_as_the_digest_of_its_secret()
    {
        var digest = new byte[32];
        Assert.True(KeyText.TryRead("bearer  " + KeyText.Write(17, Secret), out var id, digest));
        Assert.Equal((17, Convert.ToHexString(SHA256.HashData(Secret))), ((int)id, Convert.ToHexString(digest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Basic wdk_1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer wdk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer wdk__AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer wdk_-1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer wdk_99999999999999999999_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer wdk_1_AAAA")]
    [InlineData("Bearer wdk_1_AAAAAAAAAAAAAAAAAAAAA=AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer wdk_1_AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_key_is_none(string authorization) => Assert.False(KeyText.TryRead(authorization, out _, new byte[32]));
}
