using System.Collections.Concurrent;
using System.Text;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Watchdog.AwsClients.Tests.Loopback;

/// <summary>A request as it arrived.</summary>
internal sealed record SeenRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What the server says next. A length beyond the body's promises bytes that never come.</summary>
internal sealed record Answer(int Status, string Body, string ContentType = "text/xml;charset=UTF-8")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public int MissingBytes { get; init; }
}

/// <summary>A server on loopback that answers from a script and keeps what it was asked. The last answer repeats.</summary>
internal sealed class LoopbackService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Answer> script;
    private Answer last;

    private LoopbackService(WebApplication app, Answer[] answers)
    {
        this.app = app;
        script = new(answers);
        last = answers[^1];
    }

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public string Url => app.Urls.First();

    public static async Task<LoopbackService> Start(params Answer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new LoopbackService(app, answers);
        app.Run(service.Respond);
        await app.StartAsync();
        return service;
    }

    /// <summary>Clients of this server; without retries unless a test asks for some.</summary>
    public AmazonEC2Client Ec2(int retries = 0) => new(Credentials, Set(new AmazonEC2Config(), retries));

    public AmazonCloudWatchClient CloudWatch(int retries = 0) => new(Credentials, Set(new AmazonCloudWatchConfig(), retries));

    public AmazonSimpleSystemsManagementClient Ssm(int retries = 0) => new(Credentials, Set(new AmazonSimpleSystemsManagementConfig(), retries));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static BasicAWSCredentials Credentials => new("AKIDEXAMPLE", "example-secret");

    private T Set<T>(T config, int retries)
        where T : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = "eu-west-1";
        config.MaxErrorRetry = retries;
        config.MaxStaleConnectionRetries = 0;
        return config;
    }

    private async Task Respond(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Seen.Enqueue(new(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted)));
        if (script.TryDequeue(out var next))
            last = next;
        var bytes = Encoding.UTF8.GetBytes(last.Body);
        context.Response.StatusCode = last.Status;
        context.Response.ContentType = last.ContentType;
        foreach (var (name, value) in last.Headers)
            context.Response.Headers[name] = value;
        context.Response.ContentLength = bytes.Length + last.MissingBytes;
        // Where bytes are missing, Kestrel closes the connection behind what was written.
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
