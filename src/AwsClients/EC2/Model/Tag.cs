namespace Amazon.EC2.Model;

/// <summary>A label on a resource. Owners write them: text of anybody's making.</summary>
public partial class Tag
{
    /// <summary>1 to 127 characters; those beginning with <c>aws:</c> are AWS's own.</summary>
    public string? Key { get; set; }

    /// <summary>Up to 255 characters.</summary>
    public string? Value { get; set; }
}
