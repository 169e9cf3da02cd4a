namespace Watchdog.FleetSim.Wire;

/// <summary>How a request and its answer are written.</summary>
internal enum Protocol
{
    /// <summary>EC2's query protocol: form fields in, XML out.</summary>
    Ec2,
    /// <summary>The query protocol of CloudWatch and STS: form fields in, XML out, other names around it.</summary>
    Query,
    /// <summary>JSON, action in X-Amz-Target.</summary>
    Json,
    /// <summary>Smithy RPC v2 with CBOR, action in the path: what boto3 speaks to CloudWatch.</summary>
    Cbor,
}
