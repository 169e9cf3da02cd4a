using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Tests.Server;

/// <summary>What each protocol makes of requests that it does not understand.</summary>
public sealed class ProtocolTests
{
    [Theory]
    [InlineData("TerminateInstances", "2016-11-15", "<Code>InvalidAction</Code>")]
    [InlineData("DeleteAlarms", "2010-08-01", "<Code>InvalidAction</Code>")]
    [InlineData("GetSessionToken", "2011-06-15", "<Code>InvalidAction</Code>")]
    [InlineData("StopInstances", "2016-11-15", "<Code>MissingParameter</Code>")]
    [InlineData("AssumeRole", "2011-06-15", "<Code>MissingParameter</Code>")]
    public async Task A_form_that_asks_for_what_there_is_not_is_refused(string action, string version, string expected)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var (status, text) = await host.Form(action, version);
        Assert.Equal(400, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AmazonSSM.DeleteDocument", "{}", "UnknownOperationException")]
    [InlineData("AmazonSSM.SendCommand", "{\"DocumentName\":", "SerializationException")]
    [InlineData("AmazonSSM.SendCommand", "[]", "SerializationException")]
    [InlineData("AmazonSSM.SendCommand", "{}", "ValidationException")]
    [InlineData("GraniteServiceVersion20100801.GetMetricData", "{\"MetricDataQueries\":[{\"Id\":7}]}", "SerializationException")]
    [InlineData("GraniteServiceVersion20100801.GetMetricData", "", "SerializationException")]
    [InlineData("GraniteServiceVersion20100801.ListMetrics", "{}", "UnknownOperationException")]
    [InlineData("AmazonS3.ListBuckets", "{}", "UnknownOperationException")]
    public async Task JSON_that_means_nothing_is_refused(string target, string body, string code)
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var (status, text) = await Post(host, "/", Encoding.UTF8.GetBytes(body), ("X-Amz-Target", target));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"#{code}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CBOR_that_means_nothing_is_refused_in_CBOR()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var (status, text) = await Post(host, "/service/GraniteServiceVersion20100801/operation/GetMetricData", [0xBF, 0x61, 0xFF]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("#SerializationException", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_in_the_address_and_a_compressed_body_are_read()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        using var http = new HttpClient { BaseAddress = host.Region.Endpoint };
        Assert.Contains("<Account>111122223333</Account>",
            await http.GetStringAsync(new Uri("/?Action=GetCallerIdentity&Version=2011-06-15", UriKind.Relative)), StringComparison.Ordinal);

        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await zip.WriteAsync("{\"MaxResults\":51}"u8.ToArray());
        var (_, text) = await Post(host, "/", packed.ToArray(), ("X-Amz-Target", "AmazonSSM.DescribeInstanceInformation"), ("Content-Encoding", "gzip"));
        Assert.Contains("Value '51' at 'MaxResults'", text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_8_MiB_is_too_large()
    {
        await using var host = await Host.StartAsync(TestFleet.Vms(1));
        var (status, _) = await Post(host, "/", new byte[(8 * 1024 * 1024) + 1], ("X-Amz-Target", "AmazonSSM.SendCommand"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Single((await host.Ec2("DescribeInstances")).Ids());
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*b?c", "axxbyc", true)]
    [InlineData("a*b?c", "axxbc", false)]
    [InlineData("*a*a*", "banana", true)]
    [InlineData("\\*\\?\\\\", "*?\\", true)]
    [InlineData("\\*", "x", false)]
    [InlineData("Abc", "abc", false)]
    [InlineData("", "", true)]
    public void A_pattern_matches_as_EC2s_filters_do(string pattern, string value, bool expected) =>
        Assert.Equal(expected, new Pattern(pattern).Matches(value));

    [Fact]
    public void Form_fields_are_decoded_and_the_first_of_a_name_counts()
    {
        var form = FormFields.Parse("A=1+2%2b%C3%A9&A=9&B=&C&=x&D=%zz%4"u8);
        Assert.Equal(("1 2+é", "", "", "%zz%4"), (form.Get("A"), form.Get("B"), form.Get("C"), form.Get("D")));
        Assert.Null(form.Get("E"));
    }

    private static async Task<(HttpStatusCode Status, string Text)> Post(Host host, string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = host.Region.Endpoint };
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
