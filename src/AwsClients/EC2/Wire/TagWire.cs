using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>CreateTags and DeleteTags; both answer with no more than a yes.</summary>
internal static class TagWire
{
    internal static void Write(QueryForm form, CreateTagsRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddList("ResourceId", request.Resources);
        form.AddTags("Tag", request.Tags);
    }

    internal static void Write(QueryForm form, DeleteTagsRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddList("ResourceId", request.Resources);
        form.AddTags("Tag", request.Tags);
    }
}
