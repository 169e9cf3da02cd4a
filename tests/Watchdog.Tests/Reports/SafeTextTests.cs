using Watchdog.Reports;

namespace Watchdog.Tests.Reports;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("[click](http://evil.example)", @"\[click\](http&#58;//evil.example)")]
    [InlineData("<img src=x onerror=alert(1)>", @"&#60;img src\=x onerror\=alert(1)&#62;")]
    [InlineData("a|b `c` *d* _e_", @"a&#124;b &#96;c&#96; \*d\* \_e\_")]
    [InlineData("www.evil.example", "www&#46;evil.example")]
    [InlineData("- item", @"\- item")]
    [InlineData("1. item", @"1\. item")]
    [InlineData("# head", @"\# head")]
    [InlineData("![x](y)", @"\!\[x\](y)")]
    [InlineData("&lt;b&gt;", "&#38;lt;b&#38;gt;")]
    [InlineData("two\nlines\u202e", @"two\\u\{A\}lines\\u\{202E\}")]
    [InlineData("50 % of 3.5 cores, pid 7 (xmrig)", "50 % of 3.5 cores, pid 7 (xmrig)")]
    public void Markdown_shows_a_text_as_itself(string text, string safe) => Assert.Equal(safe, SafeText.Markdown(text));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\t=1", @"'\u{9}=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=cmd|'/c calc',\"x\"", "\"'=cmd|'/c calc',\"\"x\"\"\"")]
    [InlineData("a\r\nb", @"a\u{D}\u{A}b")]
    [InlineData("plain", "plain")]
    public void A_cell_is_never_a_formula_and_never_two(string text, string safe) => Assert.Equal(safe, SafeText.Csv(text));

    [Fact]
    public void Html_shows_a_text_as_itself() =>
        Assert.Equal("&#60;/svg&#62;&#60;script&#62; &#34;&#39;&#96;&#38;", SafeText.Html("</svg><script> \"'`&"));
}
