using System.Text.Json;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Wire;

/// <summary>DescribeInstanceInformation.</summary>
internal static class InstanceInformationWire
{
    internal static void Write(Utf8JsonWriter w, DescribeInstanceInformationRequest request)
    {
        w.Objects("Filters", request.Filters, static (o, filter) =>
        {
            o.Text("Key", filter.Key);
            o.Texts("Values", filter.Values);
        });
        w.Number("MaxResults", request.MaxResults);
        w.Text("NextToken", request.NextToken);
    }

    internal static bool Page(ref Utf8JsonReader r, DescribeInstanceInformationResponse x)
    {
        switch (r.GetString())
        {
            case "InstanceInformationList": x.InstanceInformationList = Json.Objects<InstanceInformation>(ref r, Information); return true;
            case "NextToken": x.NextToken = Json.Text(ref r); return true;
            default: return false;
        }
    }

    private static bool Information(ref Utf8JsonReader r, InstanceInformation x)
    {
        switch (r.GetString())
        {
            case "AgentVersion": x.AgentVersion = Json.Text(ref r); return true;
            case "ComputerName": x.ComputerName = Json.Text(ref r); return true;
            case "InstanceId": x.InstanceId = Json.Text(ref r); return true;
            case "IPAddress": x.IPAddress = Json.Text(ref r); return true;
            case "IsLatestVersion": x.IsLatestVersion = Json.Flag(ref r); return true;
            case "LastPingDateTime": x.LastPingDateTime = Json.Instant(ref r); return true;
            case "PingStatus": x.PingStatus = Json.Text(ref r); return true;
            case "PlatformName": x.PlatformName = Json.Text(ref r); return true;
            case "PlatformType": x.PlatformType = Json.Text(ref r); return true;
            case "PlatformVersion": x.PlatformVersion = Json.Text(ref r); return true;
            case "RegistrationDate": x.RegistrationDate = Json.Instant(ref r); return true;
            case "ResourceType": x.ResourceType = Json.Text(ref r); return true;
            default: return false;
        }
    }
}
