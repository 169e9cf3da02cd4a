using Amazon.SimpleSystemsManagement.Model;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Wire;

/// <summary>Systems Manager's API of 2014-11-06, JSON 1.1.</summary>
internal static class SsmOperations
{
    internal static readonly ServiceTraits Service = new("SSM", "2014-11-06", "ssm", "ssm", static (f, inner) =>
        new AmazonSimpleSystemsManagementException(f.Message, inner!, f.Type, f.Code!, f.RequestId!, f.Status));

    internal static readonly JsonOperation<SendCommandRequest, SendCommandResponse> SendCommand =
        new(Service, Dialect, nameof(SendCommand), SendCommandWire.Write, SendCommandWire.Answer);

    internal static readonly JsonOperation<GetCommandInvocationRequest, GetCommandInvocationResponse> GetCommandInvocation =
        new(Service, Dialect, nameof(GetCommandInvocation), InvocationWire.Write, InvocationWire.Answer);

    internal static readonly JsonOperation<ListCommandInvocationsRequest, ListCommandInvocationsResponse> ListCommandInvocations =
        new(Service, Dialect, nameof(ListCommandInvocations), InvocationListWire.Write, InvocationListWire.Page);

    internal static readonly JsonOperation<CancelCommandRequest, CancelCommandResponse> CancelCommand =
        new(Service, Dialect, nameof(CancelCommand), SendCommandWire.Write, static (ref _, _) => false) { HasNoOutput = true };

    internal static readonly JsonOperation<DescribeInstanceInformationRequest, DescribeInstanceInformationResponse> DescribeInstanceInformation =
        new(Service, Dialect, nameof(DescribeInstanceInformation), InstanceInformationWire.Write, InstanceInformationWire.Page);

    private static JsonDialect Dialect => new("application/x-amz-json-1.1", "AmazonSSM", QueryCompatible: false);
}
