using System.Net;
using Amazon.Runtime;

namespace Amazon.Wire;

/// <summary>An error answer, in AWS's words.</summary>
/// <param name="Code">AWS's error code, or null when the answer named none (a proxy's page, an empty body).</param>
/// <param name="Message">AWS's message, or a sentence of ours when there was none.</param>
/// <param name="RequestId">AWS's request id, from the body or a header.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">Whose fault it is; from the status where the answer does not say.</param>
internal sealed record Fault(string? Code, string Message, string? RequestId, HttpStatusCode Status, ErrorType Type)
{
    internal static Fault From(string? code, string? message, string? requestId, HttpStatusCode status, ErrorType? type = null) => new(
        code,
        message ?? (code is null
            ? $"The service answered with HTTP status {(int)status} and no readable error document."
            : $"{code} (HTTP status {(int)status}, without a message)"),
        requestId,
        status,
        type ?? ((int)status >= 500 ? ErrorType.Receiver : ErrorType.Sender));
}
