using System.Buffers;
using System.IO.Compression;

namespace Watchdog.Intake;

/// <summary>A request's body in a pooled buffer, unpacked where it is gzip; whatever it claims to be, it never becomes longer than the bound.</summary>
internal sealed class BoundedBody : IDisposable
{
    /// <summary>
    /// Most bytes on the wire, and most after unpacking. A delivery stream that is set up as docs/operations.md says sends 6 MB of JSON at most.
    /// </summary>
    public const int MaxBytes = 16 * 1024 * 1024;
    private const int FirstBytes = 256 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int length;

    private BoundedBody()
    {
    }

    /// <summary>The body; it may be written over while it is read.</summary>
    public Memory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Reads it.</summary>
    /// <exception cref="DeliveryException">It is longer than the bound (413), or cannot be unpacked (400, 415).</exception>
    public static async Task<BoundedBody> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var body = new BoundedBody();
        try
        {
            await body.FillAsync(request, ct);
            return body;
        }
        catch (InvalidDataException)
        {
            body.Dispose();
            throw new DeliveryException(StatusCodes.Status400BadRequest, "The body is no gzip, or its end is missing.");
        }
        catch (BadHttpRequestException wrong)
        {
            body.Dispose();
            throw wrong.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLong() : new DeliveryException(wrong.StatusCode, "The body could not be read to its end.");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, []) is { Length: > 0 } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private async Task FillAsync(HttpRequest request, CancellationToken ct)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase))
        {
            throw new DeliveryException(StatusCodes.Status415UnsupportedMediaType, "The content encoding must be gzip, or none.");
        }

        await using var unpacked = encoding.Length > 0 ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : request.Body;
        while (await unpacked.ReadAsync(buffer.AsMemory(length), ct) is > 0 and var read)
        {
            length += read;
            if (length > MaxBytes)
            {
                throw TooLong();
            }

            if (length == buffer.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static DeliveryException TooLong() => new(
        StatusCodes.Status413PayloadTooLarge, $"The delivery is longer than {MaxBytes >> 20} MiB; set the delivery stream's buffer to 4 MiB or less.");
}
