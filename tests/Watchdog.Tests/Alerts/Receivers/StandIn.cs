using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Watchdog.Webhooks;

namespace Watchdog.Tests.Alerts.Receivers;

/// <summary>A receiver of any type on a loopback port: takes what its published schema allows, refuses the rest with 400, and fails as it is told to.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    public const string SigningSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string RoutingKey = "0123456789abcdef0123456789abcdef";
    private readonly WebApplication web;
    private readonly string type;

    private StandIn(WebApplication web, string type) => (this.web, this.type) = (web, type);

    public ConcurrentQueue<string> Got { get; } = [];
    public ConcurrentQueue<string> Wrong { get; } = [];
    public Uri Url { get; private set; } = null!;
    /// <summary>What is done before a request is read.</summary>
    public Func<HttpContext, Task>? Arriving { get; set; }
    /// <summary>What is done instead of taking it, when the body was read and found right.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<StandIn> OpenAsync(string type, bool tls = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls)
            {
                listen.UseHttps(SelfSigned());
            }
        }));
        if (tls)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Logging.ClearProviders();
        var standIn = new StandIn(builder.Build(), type);
        standIn.web.Run(standIn.TakeAsync);
        await standIn.web.StartAsync();
        standIn.Url = new Uri(standIn.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return standIn;
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        if (Arriving is { } arriving)
        {
            await arriving(context);
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.Value;
        var wrong = type switch
        {
            "pagerduty" => path == "/v2/enqueue" ? Schemas.PagerDuty(body) : "path",
            "slack" => Schemas.Slack(body),
            "alertmanager" => path == "/api/v2/alerts" ? Schemas.Alertmanager(body) : "path",
            "webhook" => Schemas.Webhook(body) ?? (IsSigned(context, body) ? null : "signature"),
            _ => body.Length > 10_000 ? "too long" : null,
        };
        if (wrong is not null)
        {
            Wrong.Enqueue(wrong);
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(wrong);
            return;
        }

        Got.Enqueue(body);
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        context.Response.StatusCode = type switch { "pagerduty" => 202, "webhook" => 204, _ => 200 };
        if (type is "pagerduty" or "slack" or "ping")
        {
            await context.Response.WriteAsync(type switch { "pagerduty" => """{"status":"success","message":"Event processed"}""", "slack" => "ok", _ => "OK" });
        }
    }

    private static bool IsSigned(HttpContext context, string body) =>
        context.Request.Headers["webhook-signature"] == StandardWebhook.Of(SigningSecret).Sign(
            context.Request.Headers["webhook-id"].ToString(), long.Parse(context.Request.Headers["webhook-timestamp"].ToString(), System.Globalization.CultureInfo.InvariantCulture), body);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
