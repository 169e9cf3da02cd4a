using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Wire;

/// <summary>One API operation as data: how its request is written and how its answer is read. Immutable; one static instance each.</summary>
internal abstract class Operation<TRequest, TResponse>(ServiceTraits service, string name) : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    internal ServiceTraits Service { get; } = service;

    /// <summary>AWS's name of the operation, as in an IAM action.</summary>
    internal string Name { get; } = name;

    /// <summary>Fresh for each call: Core keeps per-call state in it.</summary>
    internal InvokeOptions Options() => new() { RequestMarshaller = this, ResponseUnmarshaller = Reader };

    protected abstract ResponseUnmarshaller Reader { get; }

    /// <inheritdoc/>
    IRequest IMarshaller<IRequest, AmazonWebServiceRequest>.Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon." + Service.ServiceId) { HttpMethod = "POST", ResourcePath = "/" };
        Write(request, (TRequest)input);
        return request;
    }

    protected abstract void Write(IRequest request, TRequest input);
}
