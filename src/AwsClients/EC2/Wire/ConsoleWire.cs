using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>GetConsoleOutput and GetConsoleScreenshot.</summary>
internal static class ConsoleWire
{
    internal static void Write(QueryForm form, GetConsoleOutputRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.Add("InstanceId", request.InstanceId);
        form.Add("Latest", request.Latest);
    }

    internal static void Write(QueryForm form, GetConsoleScreenshotRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.Add("InstanceId", request.InstanceId);
        form.Add("WakeUp", request.WakeUp);
    }

    internal static bool Output(XmlReader r, GetConsoleOutputResponse x)
    {
        switch (r.LocalName)
        {
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            case "output": x.Output = Xml.Text(r); return true;
            case "timestamp": x.Timestamp = Xml.Instant(r); return true;
            default: return false;
        }
    }

    internal static bool Screen(XmlReader r, GetConsoleScreenshotResponse x)
    {
        switch (r.LocalName)
        {
            case "imageData": x.ImageData = Xml.Text(r); return true;
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            default: return false;
        }
    }
}
