using System.Buffers.Text;
using System.Text;
using Watchdog.Owners.Appeals;
using Watchdog.Owners.Holds;
using Watchdog.Owners.Links;

namespace Watchdog.Tests.Owners.Links;

public sealed class SignedLinksTests
{
    public const string Secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    public const string Other = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=";
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly SignedLinks Signed = SignedLinks.Of(new Uri("https://watchdog.example.com/wd/"), Secret);

    [Fact]
    public void A_link_of_each_purpose_reads_as_what_it_was_made_of()
    {
        var hold = new HoldClaim(7, "i-1", At, At.AddDays(1));
        var appeal = new AppealClaim(17, "i-1", At);
        Assert.Equal(hold, new HoldLinks(Signed).Read(TokenOf(new HoldLinks(Signed).LinkFor(hold))));
        Assert.Equal(appeal, new AppealLinks(Signed).Read(TokenOf(new AppealLinks(Signed).LinkFor(appeal))));
        Assert.Equal("/wd/v1/cases/17/appeal", new AppealLinks(Signed).LinkFor(appeal).AbsolutePath);
    }

    [Fact]
    public void What_was_signed_for_one_purpose_passes_for_no_other()
    {
        Assert.Null(new AppealLinks(Signed).Read(TokenOf(new HoldLinks(Signed).LinkFor(new(7, "i-1", At, At)))));
        Assert.Null(new HoldLinks(Signed).Read(TokenOf(new AppealLinks(Signed).LinkFor(new(7, "i-1", At)))));
        Assert.Null(Signed.Read("watchdog-appeal", Signed.TokenFor("watchdog-appeal-1", "1")));
    }

    [Fact]
    public void A_token_of_another_secret_or_with_other_fields_is_none_of_ours()
    {
        var token = Signed.TokenFor("p", "a", "b");
        Assert.Equal(["a", "b"], Signed.Read("p", token)!);
        Assert.Null(SignedLinks.Of(new("https://watchdog.example.com"), Other).Read("p", token));
        Assert.Equal(["a", "b"], SignedLinks.Of(new("https://watchdog.example.com"), $"{Other} {Secret}").Read("p", token)!);
        Assert.Null(Signed.Read("p", $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes("p|a|c"))}.{token.Split('.')[1]}"));
        Assert.All((string?[])[null, "", ".", "x.y", token[..^4], token + "A", new string('A', 500)], wrong => Assert.Null(Signed.Read("p", wrong)));
    }

    private static string TokenOf(Uri link) => link.Query[$"?{SignedLinks.Query}=".Length..];
}
