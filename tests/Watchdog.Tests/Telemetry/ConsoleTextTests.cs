using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Telemetry;

public class ConsoleTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("no base64!")]
    [InlineData("QQ")]
    public void What_holds_nothing_is_no_console(string? base64) => Assert.Null(ConsoleText.Decode(base64));

    [Theory]
    [InlineData("a\r\nb\tc\n", "a\nb\tc\n")]
    [InlineData("\e[1;31mred\e[0m", "red")]
    [InlineData("\e]0;title\a", "]0;title ")]
    [InlineData("\e", "")]
    [InlineData("cut\e[1;3", "cut")]
    [InlineData("a\e[1\nb", "a\nb")]
    [InlineData("nul\0bell\a", "nul bell ")]
    [InlineData("rtl\u202Egnp.exe", "rtl\uFFFDgnp.exe")]
    public void Escapes_and_controls_are_taken_out(string text, string clean) =>
        Assert.Equal(clean, ConsoleText.Decode(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Of_a_long_console_the_end_is_kept()
    {
        var text = ConsoleText.Decode(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('a', 90_000) + "Kernel panic")))!;
        Assert.Equal(ConsoleText.MaxBytes, text.Length);
        Assert.EndsWith("Kernel panic", text, StringComparison.Ordinal);

        var endless = ConsoleText.Decode(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('a', 3_000_000) + "Kernel panic")))!;
        Assert.EndsWith("Kernel panic", endless, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_give_printable_lines()
    {
        Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value))), bytes =>
        {
            var text = ConsoleText.Clean(bytes);
            Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n' and not '\t');
        }).QuickCheckThrowOnFailure();
    }
}
