using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Watchdog.FleetSim.Wire;

/// <summary>A request's whole body in rented memory; gzip is undone (SDKs compress large PutMetricData).</summary>
internal sealed class RequestBody : IDisposable
{
    private const int MaxBytes = 8 * 1024 * 1024;
    private readonly PooledBuffer _buffer = new();

    public ReadOnlyMemory<byte> Bytes => _buffer.Written;

    public async Task ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var isGzip = request.Headers.ContentEncoding == "gzip";
        var stream = isGzip ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(_buffer.GetMemory(16 * 1024), cancel);
                if (read == 0)
                    return;
                _buffer.Advance(read);
                if (_buffer.Written.Length > MaxBytes)
                    throw new BadHttpRequestException("The request is larger than 8 MiB.", StatusCodes.Status413PayloadTooLarge);
            }
        }
        finally
        {
            if (isGzip)
                await stream.DisposeAsync();
        }
    }

    public void Dispose() => _buffer.Dispose();
}
