using System.Globalization;
using Watchdog.Ledger;
using Watchdog.Testing;

namespace Watchdog.Tests.Ledger;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [true, null, "x"] }""", """{"a":[true,null,"x"],"b":1e0}""")]
    [InlineData("""{"é":1,"z":2,"Z":3,"":4}""", """{"":4e0,"Z":3e0,"z":2e0,"é":1e0}""")]
    [InlineData("""["\u0041\/\n\"\\é\u2028"]""", "[\"A/\\u000a\\\"\\\\é\u2028\"]")]
    [InlineData("[0, -0, 0.0, 100, 1e2, 1.0E+2, -12.50, 0.00001, 1E-05, 123456789012345678901234567890]",
        "[0e0,0e0,0e0,1e2,1e2,1e2,-125e-1,1e-5,1e-5,12345678901234567890123456789e1]")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    public void One_text_stands_for_all_that_say_the_same(string json, string canonical) => Assert.Equal(canonical, CanonicalJson.Of(json));

    [Fact]
    public void A_number_keeps_its_value()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                Assert.Equal(number, double.Parse(CanonicalJson.Of(LedgerJson.Write(number)), CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public async Task What_went_through_postgres_has_the_same_canonical_text()
    {
        await using var database = await TestDatabase.CreateAsync();
        var json = LedgerJson.Write(new { Zeta = 1E-07, Alpha = new[] { 1.5, 1e21, -3, 0.1 + 0.2 }, Text = "a\"b\\c\n é 😀 /", Aa = 17L, Nothing = (string?)null });

        var stored = await database.ScalarAsync<string>("select $1::text::jsonb::text", json);

        Assert.NotEqual(json, stored);
        Assert.Equal(CanonicalJson.Of(json), CanonicalJson.Of(stored));
    }
}
