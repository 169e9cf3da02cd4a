using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.Wire;

/// <summary>
/// Reads an error of the JSON protocol: <c>__type</c> in the body or the error-type header; the query-error header wins where it
/// is present, so that codes are those which the query protocol has always used. Never throws.
/// </summary>
internal static class JsonFault
{
    private sealed class Document : AmazonWebServiceResponse
    {
        internal string? Code { get; set; }

        internal string? Message { get; set; }
    }

    internal static Fault Read(Stream body, HttpStatusCode status, IWebResponseData answer)
    {
        var document = new Document();
        try
        {
            document = JsonAnswer.Read<Document>(body, Member, mayBeEmpty: true);
        }
        catch (Exception e) when (UnreadableAnswer.IsCause(e))
        {
            // The headers and the status speak.
        }

        var code = document.Code ?? Header(answer, HeaderKeys.XAmzErrorType);
        ErrorType? type = null;
        if (Header(answer, HeaderKeys.XAmzQueryError)?.Split(';') is [{ Length: > 0 } queryCode, .. var rest])
        {
            code = queryCode;
            type = rest is ["Sender"] ? ErrorType.Sender : rest is ["Receiver"] ? ErrorType.Receiver : null;
        }

        return Fault.From(Bare(code), document.Message, UnreadableAnswer.RequestId(answer), status, type);
    }

    private static bool Member(ref Utf8JsonReader reader, Document document)
    {
        if (reader.ValueTextEquals("__type"u8))
            document.Code = Json.Text(ref reader);
        else if (reader.ValueTextEquals("code"u8))
            document.Code ??= Json.Text(ref reader);
        else if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8))
            document.Message = Json.Text(ref reader);
        else
            return false;
        return true;
    }

    /// <summary><c>namespace#Code:http://...</c> without its namespace and its address.</summary>
    private static string? Bare(string? code)
    {
        code = code?[(code.IndexOf('#', StringComparison.Ordinal) + 1)..];
        return code?.Split(':')[0];
    }

    private static string? Header(IWebResponseData answer, string name) => answer.IsHeaderPresent(name) ? answer.GetHeaderValue(name) : null;
}
