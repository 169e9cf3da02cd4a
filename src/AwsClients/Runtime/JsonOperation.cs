using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Wire;

/// <summary>A dialect of AWS's JSON protocol.</summary>
/// <param name="ContentType">Exact: servers compare it whole.</param>
/// <param name="TargetPrefix">What stands before the operation's name in X-Amz-Target.</param>
/// <param name="QueryCompatible">The service was a query service once: ask for, and prefer, the old error codes.</param>
internal sealed record JsonDialect(string ContentType, string TargetPrefix, bool QueryCompatible);

/// <summary>An operation of AWS's JSON protocol, 1.0 or 1.1.</summary>
/// <param name="service">The service that it belongs to.</param>
/// <param name="dialect">The service's dialect.</param>
/// <param name="name">AWS's name of the operation.</param>
/// <param name="write">Writes the request's members into an open object.</param>
/// <param name="read">Reads one member of the answer; false leaves it to be skipped.</param>
internal sealed class JsonOperation<TRequest, TResponse>(
    ServiceTraits service, JsonDialect dialect, string name, Action<Utf8JsonWriter, TRequest> write, JsonMember<TResponse> read)
    : Operation<TRequest, TResponse>(service, name)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    /// <summary>True where AWS's model gives the operation no output: then an empty body is a whole answer.</summary>
    internal bool HasNoOutput { get; init; }

    protected override ResponseUnmarshaller Reader => field ??= new AnswerReader(this, read);

    protected override void Write(IRequest request, TRequest input)
    {
        request.Headers["Content-Type"] = dialect.ContentType;
        request.Headers["X-Amz-Target"] = $"{dialect.TargetPrefix}.{Name}";
        if (dialect.QueryCompatible)
            request.Headers["x-amzn-query-mode"] = "true";
        var body = new PooledContentStream();
        using (var writer = new Utf8JsonWriter(body.BufferWriter))
        {
            writer.WriteStartObject();
            write(writer, input);
            writer.WriteEndObject();
        }

        request.ContentStream = body;
    }

    private sealed class AnswerReader(JsonOperation<TRequest, TResponse> operation, JsonMember<TResponse> read) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            try
            {
                return JsonAnswer.Read(input.Stream, read, operation.HasNoOutput);
            }
            catch (Exception e) when (UnreadableAnswer.IsCause(e))
            {
                throw UnreadableAnswer.From(operation.Name, input.ResponseData, e);
            }
        }

        public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            operation.Service.ToException(JsonFault.Read(input.Stream, statusCode, input.ResponseData), innerException);
    }
}
