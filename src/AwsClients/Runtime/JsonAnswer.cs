using System.Buffers;
using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.Wire;

/// <summary>Reads a JSON answer whole, from a pooled buffer.</summary>
internal static class JsonAnswer
{
    /// <summary>The largest answer asked for, 100,800 data points, is about 4 MB.</summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="JsonException">The document is cut off, malformed, or not an object.</exception>
    internal static TResponse Read<TResponse>(Stream body, JsonMember<TResponse> read, bool mayBeEmpty)
        where TResponse : AmazonWebServiceResponse, new()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var length = Fill(body, ref buffer);
            if (length == 0 && mayBeEmpty)
                return new TResponse();
            var reader = new Utf8JsonReader(buffer.AsSpan(0, length));
            reader.Read();
            var response = Json.Fill(ref reader, new TResponse(), read);
            reader.Read();
            return response;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Fill(Stream body, ref byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = body.Read(buffer, length, buffer.Length - length);
            if (read == 0)
                return length;
            length += read;
            if (length < buffer.Length)
                continue;
            if (length >= MaxBytes)
                throw new JsonException($"The answer is larger than {MaxBytes} bytes.");
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }
}
