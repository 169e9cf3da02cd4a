using Microsoft.AspNetCore.Http;
using Watchdog.FleetSim.Failing;

namespace Watchdog.FleetSim.Wire;

/// <summary>Sends an answer with the headers that its protocol asks for, whole or as a fault wants it.</summary>
internal static class Reply
{
    public static async Task SendAsync(
        HttpContext http, Call call, int status, AwsError? error, PooledBuffer output, FaultKind fault, CancellationToken cancel)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = ContentType(call);
        response.Headers["x-amzn-RequestId"] = call.RequestId;
        if (call.Protocol == Protocol.Cbor)
            response.Headers["smithy-protocol"] = "rpc-v2-cbor";
        // CloudWatch keeps the query protocol's codes for clients that know them.
        if (error is not null && call.Service == "cloudwatch" && call.Protocol is Protocol.Json or Protocol.Cbor)
            response.Headers["x-amzn-query-error"] = $"{error.Code};{(error.Status >= 500 ? "Receiver" : "Sender")}";

        var body = output.Written;
        if (fault == FaultKind.Garbage)
        {
            response.StatusCode = 200;
            body = "\u0001<!DOCTYPE html {{{ the load balancer says hello"u8.ToArray();
        }

        response.ContentLength = body.Length;
        if (fault == FaultKind.Truncate && body.Length > 1)
        {
            await response.Body.WriteAsync(body[..(body.Length / 2)], cancel);
            await response.Body.FlushAsync(cancel);
            http.Abort();
            return;
        }

        await response.Body.WriteAsync(body, cancel);
    }

    private static string ContentType(Call call) => call.Protocol switch
    {
        Protocol.Json => call.Service == "ssm" ? "application/x-amz-json-1.1" : "application/x-amz-json-1.0",
        Protocol.Cbor => "application/cbor",
        _ => "text/xml;charset=UTF-8",
    };
}
