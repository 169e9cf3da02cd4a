using FsCheck;
using FsCheck.Fluent;
using Watchdog.Ledger;

namespace Watchdog.Tests.Ledger;

public sealed class CleanTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Choose(0, 0xFFFF).Select(unit => $"{(char)unit}"), Gen.Elements("\U0001F4A3", "a")).ArrayOf().Select(string.Concat);

    [Fact]
    public void Any_text_becomes_one_that_can_be_stored_and_cleaning_twice_changes_nothing() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            var clean = CleanText.Of(text, 20);
            return clean.Length <= 20 && !clean.Any(char.IsControl) && clean == CleanText.Of(clean, 20)
                && !clean.EnumerateRunes().Any(rune => rune.Value is >= 0xD800 and <= 0xDFFF);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\0b\nc", "a b c")]
    [InlineData("ünïcödé ⛏", "ünïcödé ⛏")]
    [InlineData("0123456789", "01234567…")]
    public void A_text_is_cleaned_and_cut(string text, string clean) => Assert.Equal(clean, CleanText.Of(text, 9));
}
