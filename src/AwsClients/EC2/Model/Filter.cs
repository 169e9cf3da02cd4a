using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Narrows a listing: the values are alternatives, several filters must all hold.</summary>
public partial class Filter
{
    /// <summary>AWS's filter name, for example <c>instance-state-name</c> or <c>tag:KEY</c>.</summary>
    public string? Name { get; set; }

    /// <summary>At most 200; <c>*</c> and <c>?</c> are wildcards.</summary>
    public List<string>? Values { get; set; } = Collections.Initial<List<string>>();
}
