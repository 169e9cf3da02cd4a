using Watchdog.Diagnostics.Logging;

namespace Watchdog.Tests.Diagnostics.Logging;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("Host=db;Password=hunter2;Port=5432", "Host=db;Password=[redacted];Port=5432")]
    [InlineData("Password=\"a b;c\";x", "Password=[redacted];x")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer [redacted]")]
    [InlineData("the key wdk_12_AbC-d was used", "the key [redacted] was used")]
    [InlineData("signed by whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "signed by [redacted]")]
    [InlineData("as AKIAIOSFODNN7EXAMPLE in eu-west-1", "as [redacted] in eu-west-1")]
    [InlineData("https://ann:s3cret@example.com/x", "https://[redacted]@example.com/x")]
    [InlineData("ran xmrig -o pool:3333 -u 48abcDEF -p x --token=t", "ran xmrig -o pool:3333 -u [redacted] -p [redacted] --token [redacted]")]
    [InlineData("\"aws_session_token\": \"FwoG\"", "\"aws_session_token\": [redacted]")]
    [InlineData("i-0a1b runs at 99 % since 09:12", "i-0a1b runs at 99 % since 09:12")]
    public void Secrets_and_what_command_lines_carry_are_taken_out(string text, string told) => Assert.Equal(told, Redaction.Of(text));

    [Fact]
    public void A_guest_s_endless_text_is_bounded() => Assert.Equal(4_002, Redaction.Of(new string('x', 1_000_000)).Length);
}
