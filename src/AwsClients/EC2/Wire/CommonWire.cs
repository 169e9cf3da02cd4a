using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>Shapes that several operations share.</summary>
internal static class CommonWire
{
    internal static void AddFilters(this QueryForm form, List<Filter>? filters) => form.AddList("Filter", filters, static (f, at, filter) =>
    {
        f.Add(at + "Name", filter.Name);
        f.AddList(at + "Value", filter.Values);
    });

    internal static void AddTags(this QueryForm form, string name, List<Tag>? tags) => form.AddList(name, tags, static (f, at, tag) =>
    {
        f.Add(at + "Key", tag.Key);
        f.Add(at + "Value", tag.Value);
    });

    internal static bool Tag(XmlReader r, Tag x)
    {
        switch (r.LocalName)
        {
            case "key": x.Key = Xml.Text(r); return true;
            case "value": x.Value = Xml.Text(r); return true;
            default: return false;
        }
    }

    internal static bool Group(XmlReader r, GroupIdentifier x)
    {
        switch (r.LocalName)
        {
            case "groupId": x.GroupId = Xml.Text(r); return true;
            case "groupName": x.GroupName = Xml.Text(r); return true;
            default: return false;
        }
    }

    internal static bool State(XmlReader r, InstanceState x)
    {
        switch (r.LocalName)
        {
            case "code": x.Code = Xml.Int(r); return true;
            case "name": x.Name = Xml.Text(r); return true;
            default: return false;
        }
    }
}
