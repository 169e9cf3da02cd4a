using System.Net;
using System.Xml;

namespace Amazon.Wire;

/// <summary>
/// Reads an EC2 error document (<c>Response/Errors/Error/{Code,Message}</c>, <c>RequestID</c>). Whatever cannot be read leaves
/// the HTTP status to speak: an error answer never becomes another exception.
/// </summary>
internal static class XmlFault
{
    internal static Fault Read(Stream body, HttpStatusCode status, string? requestId)
    {
        string? code = null, message = null;
        try
        {
            using var reader = XmlReader.Create(body, XmlAnswer.Settings);
            while (!reader.EOF)
            {
                if (reader.NodeType != XmlNodeType.Element)
                {
                    reader.Read();
                    continue;
                }

                switch (reader.LocalName)
                {
                    case "Code": code ??= Xml.Text(reader); break;
                    case "Message": message ??= Xml.Text(reader); break;
                    case "RequestID" or "RequestId": requestId = Xml.Text(reader); break;
                    default: reader.Read(); break;
                }
            }
        }
        catch (Exception e) when (UnreadableAnswer.IsCause(e))
        {
            // What was read so far stands.
        }

        return Fault.From(code, message, requestId, status);
    }
}
