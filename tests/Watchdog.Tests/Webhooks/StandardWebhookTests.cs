using Watchdog.Webhooks;

namespace Watchdog.Tests.Webhooks;

public sealed class StandardWebhookTests
{
    [Fact]
    public void The_signature_is_that_of_the_specifications_example()
    {
        var signer = StandardWebhook.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signer.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));
    }

    [Fact]
    public void While_secrets_rotate_each_signs()
    {
        var signed = StandardWebhook.Of(" whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").Sign("m", 1, "{}").Split(' ');
        Assert.Equal(2, signed.Distinct().Count(one => one.StartsWith("v1,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_no base64")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_")]
    public void What_is_no_secret_is_refused_and_not_repeated(string secrets)
    {
        var refused = Assert.Throws<FormatException>(() => StandardWebhook.Of(secrets));
        Assert.DoesNotContain("MfKQ", refused.Message, StringComparison.Ordinal);
    }
}
