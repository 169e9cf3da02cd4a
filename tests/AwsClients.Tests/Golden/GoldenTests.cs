using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Watchdog.AwsClients.Tests.Loopback;

namespace Watchdog.AwsClients.Tests.Golden;

/// <summary>
/// Each operation's wire form, held to files beside this one: <c>request.http</c> is what must be sent, <c>response.http</c> is answered and
/// must read as <c>read.txt</c>, <c>error.http</c> is answered and must become the exception of <c>error.txt</c>.
/// </summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Operations => new(Calls.All.Keys);

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_request_is_sent_byte_for_byte(string operation)
    {
        var request = (await Exchange(operation)).Sent;
        string[] headers = ["Content-Type", "X-Amz-Target", "x-amzn-query-mode"];
        var sent = string.Concat(
            $"{request.Method} {request.Path}\n",
            string.Concat(headers.Where(request.Headers.ContainsKey).Select(h => $"{h}: {request.Headers[h]}\n")),
            "\n",
            request.Body,
            "\n");

        Assert.Equal(GoldenFile.Read(operation, "request.http"), sent);
        Assert.Equal(Calls.Service(operation), request.Headers["Authorization"].Split('/')[3]);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_answer_reads_as_written_down(string operation)
    {
        var response = (await Exchange(operation)).Response;

        Assert.Equal(GoldenFile.Read(operation, "read.txt"), Dump.Of(response));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_error_keeps_the_services_own_words(string operation)
    {
        await using var service = await LoopbackService.Start(GoldenFile.Answer(operation, "error.http"));
        var thrown = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => Calls.All[operation](service));

        var read = $"{thrown.GetType().Name}\n{thrown.ErrorCode}\n{(int)thrown.StatusCode}\n{thrown.ErrorType}\n{thrown.RequestId}\n{thrown.Message}\n";
        Assert.Equal(GoldenFile.Read(operation, "error.txt"), read);
    }

    [Fact]
    public void Every_operation_is_held()
    {
        string[] offered =
        [
            .. new[] { typeof(IAmazonEC2), typeof(IAmazonCloudWatch), typeof(IAmazonSimpleSystemsManagement) }
                .SelectMany(client => client.GetMethods()).Select(method => method.Name)
                .Where(name => name.EndsWith("Async", StringComparison.Ordinal)).Select(name => name[..^"Async".Length]),
        ];
        Assert.Equal(offered.Order(), Calls.All.Keys.Order());
        Assert.Equal(27, offered.Length);
    }

    private static async Task<(SeenRequest Sent, AmazonWebServiceResponse Response)> Exchange(string operation)
    {
        await using var service = await LoopbackService.Start(GoldenFile.Answer(operation, "response.http"));
        var response = await Calls.All[operation](service);
        return (Assert.Single(service.Seen), response);
    }
}
