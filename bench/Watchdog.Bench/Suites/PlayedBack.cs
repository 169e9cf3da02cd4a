using System.Net;
using Amazon.Runtime;

namespace Watchdog.Bench.Suites;

/// <summary>Lets an AWS client's first answer through and gives it from memory ever after: signing, pipeline and reading are measured, no socket and no server.</summary>
internal sealed class PlayedBack : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Tape(), disposeHandler: true);

    /// <summary>One client for all calls.</summary>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

    private sealed class Tape : DelegatingHandler
    {
        private byte[]? _body;
        private string _type = "";

        public Tape()
            : base(new SocketsHttpHandler())
        {
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_body is null)
            {
                using var answer = await base.SendAsync(request, cancellationToken);
                answer.EnsureSuccessStatusCode();
                _type = answer.Content.Headers.ContentType!.ToString();
                _body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            }

            var content = new ByteArrayContent(_body);
            content.Headers.TryAddWithoutValidation("Content-Type", _type);
            return new(HttpStatusCode.OK) { Content = content, RequestMessage = request };
        }
    }
}
