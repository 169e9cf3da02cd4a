using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime.Internal;
using Amazon.SimpleSystemsManagement;

namespace Watchdog.Aws;

// The base constructor builds the pipeline; a captured parameter is set before it runs.

internal sealed class GatedEc2(AmazonEC2Config config, CallGate gate) : AmazonEC2Client(config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        gate.Install(pipeline);
    }
}

internal sealed class GatedCloudWatch(AmazonCloudWatchConfig config, CallGate gate) : AmazonCloudWatchClient(config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        gate.Install(pipeline);
    }
}

internal sealed class GatedSsm(AmazonSimpleSystemsManagementConfig config, CallGate gate) : AmazonSimpleSystemsManagementClient(config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        gate.Install(pipeline);
    }
}
