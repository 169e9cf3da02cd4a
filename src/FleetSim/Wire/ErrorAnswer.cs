using System.Formats.Cbor;
using System.Text.Json;

namespace Watchdog.FleetSim.Wire;

/// <summary>An error in the protocol of the request.</summary>
internal static class ErrorAnswer
{
    public static void Write(PooledBuffer output, Protocol protocol, string service, AwsError error, string requestId)
    {
        output.Clear();
        switch (protocol)
        {
            case Protocol.Json:
                Json(output, error);
                break;
            case Protocol.Cbor:
                Cbor(output, error);
                break;
            case Protocol.Ec2:
                Ec2(new XmlOut(output), error, requestId);
                break;
            default:
                Query(new XmlOut(output), service, error, requestId);
                break;
        }
    }

    private static void Ec2(XmlOut xml, AwsError error, string requestId)
    {
        xml.Raw("""<?xml version="1.0" encoding="UTF-8"?>"""u8);
        xml.Raw("\n<Response><Errors><Error>"u8);
        xml.Text("Code"u8, error.Code);
        xml.Text("Message"u8, error.Message);
        xml.Raw("</Error></Errors>"u8);
        xml.Text("RequestID"u8, requestId);
        xml.Raw("</Response>"u8);
    }

    private static void Query(XmlOut xml, string service, AwsError error, string requestId)
    {
        xml.Raw(service == "sts"
            ? "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"u8
            : "<ErrorResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><Error>"u8);
        xml.Text("Type"u8, error.Status >= 500 ? "Receiver"u8 : "Sender"u8);
        xml.Text("Code"u8, error.Code);
        xml.Text("Message"u8, error.Message);
        xml.Raw("</Error>"u8);
        xml.Text("RequestId"u8, requestId);
        xml.Raw("</ErrorResponse>"u8);
    }

    private static void Json(PooledBuffer output, AwsError error)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("__type"u8, "com.amazonaws.sim#" + error.Code);
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
    }

    private static void Cbor(PooledBuffer output, AwsError error)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(2);
        cbor.WriteTextString("__type");
        cbor.WriteTextString("com.amazonaws.sim#" + error.Code);
        cbor.WriteTextString("message");
        cbor.WriteTextString(error.Message);
        cbor.WriteEndMap();
        CborBytes.Append(output, cbor);
    }
}
