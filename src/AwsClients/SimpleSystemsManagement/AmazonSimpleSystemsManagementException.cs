using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement;

/// <summary>An error that AWS Systems Manager answered with: its own code, message and request id.</summary>
public class AmazonSimpleSystemsManagementException : AmazonServiceException
{
    public AmazonSimpleSystemsManagementException()
    {
    }

    public AmazonSimpleSystemsManagementException(string message)
        : base(message)
    {
    }

    public AmazonSimpleSystemsManagementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonSimpleSystemsManagementException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonSimpleSystemsManagementException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonSimpleSystemsManagementException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
