using System.Net;
using Amazon.EC2;
using Amazon.Runtime;
using Watchdog.Aws;
using Watchdog.Enforcement;

namespace Watchdog.Tests.Aws;

public class AwsFaultTests
{
    [Theory]
    [InlineData("RequestLimitExceeded", 503, ActuatorError.Throttled)]
    [InlineData("ThrottlingException", 400, ActuatorError.Throttled)]
    [InlineData("InternalError", 500, ActuatorError.Transient)]
    [InlineData("SomethingNew", 500, ActuatorError.Transient)]
    [InlineData("SomethingNew", 400, ActuatorError.Configuration)]
    [InlineData("InvalidInstanceID.NotFound", 400, ActuatorError.Gone)]
    [InlineData("InvalidInstanceID.Malformed", 400, ActuatorError.Gone)]
    [InlineData("InvalidNetworkInterfaceID.NotFound", 400, ActuatorError.Gone)]
    [InlineData("InvalidGroup.NotFound", 400, ActuatorError.Configuration)]
    [InlineData("IncorrectInstanceState", 400, ActuatorError.WrongState)]
    [InlineData("InsufficientInstanceCapacity", 500, ActuatorError.WrongState)]
    [InlineData("UnauthorizedOperation", 403, ActuatorError.Denied)]
    [InlineData("ExpiredTokenException", 400, ActuatorError.Denied)]
    [InlineData(null, 403, ActuatorError.Denied)]
    [InlineData(null, 502, ActuatorError.Transient)]
    public void A_code_says_what_to_do_next(string? code, int status, ActuatorError expected) =>
        Assert.Equal(expected, AwsFault.Of(new AmazonEC2Exception("m", ErrorType.Sender, code!, "r", (HttpStatusCode)status)).Kind);

    [Fact]
    public void A_refused_role_is_a_refusal_although_core_wraps_it()
    {
        var inner = new AmazonEC2Exception("no", ErrorType.Sender, "AccessDenied", "r", HttpStatusCode.Forbidden);
        Assert.Equal(ActuatorError.Denied, AwsFault.Of(new AmazonClientException("Error calling AssumeRole", inner)).Kind);
    }

    [Fact]
    public void A_message_is_bounded() =>
        Assert.Equal(500, AwsFault.Of(new AmazonEC2Exception(new string('x', 9_000), ErrorType.Sender, "A", "r", HttpStatusCode.BadRequest)).Message.Length);

    [Fact]
    public void A_fault_of_ours_is_not_taken_for_the_networks()
    {
        Assert.False(AwsFault.IsAws(new InvalidCastException()));
        Assert.True(AwsFault.IsAws(new HttpRequestException("refused")));
    }
}
