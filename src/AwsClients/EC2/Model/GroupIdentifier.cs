namespace Amazon.EC2.Model;

/// <summary>A security group by its id and name.</summary>
public partial class GroupIdentifier
{
    /// <summary><c>sg-...</c></summary>
    public string? GroupId { get; set; }

    public string? GroupName { get; set; }
}
