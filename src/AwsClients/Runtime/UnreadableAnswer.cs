using System.Net;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Wire;

/// <summary>
/// Turns a success whose body is cut off or not what was asked for into <see cref="AmazonUnmarshallingException"/>. Core retries
/// that exception when its status is 200, and does not wrap a reader's own exception on the asynchronous path.
/// </summary>
internal static class UnreadableAnswer
{
    /// <summary>What a reader throws on bytes that it cannot accept, a connection that broke mid-body included.</summary>
    internal static bool IsCause(Exception e) =>
        e is XmlException or JsonException or FormatException or OverflowException or InvalidOperationException or ArgumentException or IOException;

    internal static AmazonUnmarshallingException From(string operation, IWebResponseData answer, Exception cause) =>
        new(RequestId(answer), operation, cause, HttpStatusCode.OK);

    internal static string? RequestId(IWebResponseData answer) =>
        answer.IsHeaderPresent(HeaderKeys.RequestIdHeader) ? answer.GetHeaderValue(HeaderKeys.RequestIdHeader) : null;
}
