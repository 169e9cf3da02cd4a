using System.Xml;
using Amazon.Runtime;

namespace Amazon.Wire;

/// <summary>Reads an answer document to its very end: a page that stops early throws, it is never taken for a shorter page.</summary>
internal static class XmlAnswer
{
    /// <summary>
    /// A page of 1,000 instances is about 9 million characters. Characters are not checked: one odd tag value in a fleet must not
    /// make the whole page unreadable.
    /// </summary>
    internal static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
        MaxCharactersInDocument = 256L * 1024 * 1024,
    };

    /// <exception cref="XmlException">The document is cut off, malformed, or its root is another one.</exception>
    internal static TResponse Read<TResponse>(Stream body, string root, Func<XmlReader, TResponse, bool> read)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using var reader = XmlReader.Create(body, Settings);
        if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != root)
            throw new XmlException($"Expected <{root}>, found {reader.NodeType} '{reader.LocalName}'.");
        var response = new TResponse { ResponseMetadata = new ResponseMetadata() };
        Xml.Fill(reader, response, (r, x) =>
        {
            if (read(r, x))
                return true;
            if (r.LocalName != "requestId")
                return false;
            x.ResponseMetadata.RequestId = Xml.Text(r);
            return true;
        });
        if (reader.MoveToContent() != XmlNodeType.None)
            throw new XmlException($"Content after </{root}>.");
        return response;
    }
}
