using System.Net;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Wire;

/// <summary>An operation of the EC2 query protocol: a form goes out, an XML document comes back.</summary>
/// <param name="service">The service that it belongs to.</param>
/// <param name="name">AWS's name of the operation.</param>
/// <param name="write">Adds the request's members to the form.</param>
/// <param name="read">Reads one child of the answer's root; false leaves it to be skipped.</param>
internal sealed class QueryOperation<TRequest, TResponse>(
    ServiceTraits service, string name, Action<QueryForm, TRequest> write, Func<XmlReader, TResponse, bool> read)
    : Operation<TRequest, TResponse>(service, name)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    protected override ResponseUnmarshaller Reader => field ??= new AnswerReader(Service, Name, read);

    protected override void Write(IRequest request, TRequest input)
    {
        var form = new QueryForm(Name, Service.ApiVersion);
        write(form, input);
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8";
        request.Content = form.ToBytes();
    }

    private sealed class AnswerReader(ServiceTraits service, string name, Func<XmlReader, TResponse, bool> read) : XmlResponseUnmarshaller
    {
        private readonly string root = name + "Response";

        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            try
            {
                return XmlAnswer.Read(input.Stream, root, read);
            }
            catch (Exception e) when (UnreadableAnswer.IsCause(e))
            {
                throw UnreadableAnswer.From(name, input.ResponseData, e);
            }
        }

        public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
            service.ToException(XmlFault.Read(input.Stream, statusCode, UnreadableAnswer.RequestId(input.ResponseData)), innerException);
    }
}
