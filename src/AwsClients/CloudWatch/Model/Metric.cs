using Amazon.Wire;

namespace Amazon.CloudWatch.Model;

/// <summary>A metric by its name.</summary>
public partial class Metric
{
    public List<Dimension>? Dimensions { get; set; } = Collections.Initial<List<Dimension>>();

    public string? MetricName { get; set; }

    /// <summary>For example <c>AWS/EC2</c>.</summary>
    public string? Namespace { get; set; }
}

/// <summary>A name and a value that tell metrics of one name apart.</summary>
public partial class Dimension
{
    /// <summary>For example <c>InstanceId</c>.</summary>
    public string? Name { get; set; }

    public string? Value { get; set; }
}

/// <summary>Something that CloudWatch says about an answer.</summary>
public partial class MessageData
{
    public string? Code { get; set; }

    public string? Value { get; set; }
}
