using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Watchdog.Tests.Http.Access.Oidc;

/// <summary>
/// An OpenID Connect issuer on loopback that asks for all that the protocol asks for: a code serves once, for the client, the address and the verifier that it was
/// made for. What it says can be twisted, to see what is believed.
/// </summary>
internal sealed class StrictIssuer : IAsyncDisposable
{
    public const string Client = "watchdog";
    public const string Secret = "s3cret";
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Redirect)> codes = [];
    private readonly WebApplication web;
    private RSA key = RSA.Create(2048);
    private int kid = 1;

    private StrictIssuer(WebApplication web) => this.web = web;

    public string Issuer { get; private set; } = "";
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;
    public int KeysRead { get; private set; }

    /// <summary>Whether it answers with a fault, and how often it has.</summary>
    public bool IsAway { get; set; }
    public int Faults { get; private set; }

    /// <summary>What the next tokens say otherwise; a value of null leaves the claim out.</summary>
    public Dictionary<string, object?> Twist { get; } = [];

    /// <summary>Makes a token out of its claims, where not as it should be.</summary>
    public Func<string, string>? Forge { get; set; }

    public static async Task<StrictIssuer> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var issuer = new StrictIssuer(builder.Build());
        issuer.web.UseRouting();
        issuer.web.MapGet("/.well-known/openid-configuration", issuer.TellAsync);
        issuer.web.MapGet("/keys", issuer.KeysAsync);
        issuer.web.MapGet("/authorize", issuer.AuthorizeAsync);
        issuer.web.MapPost("/token", issuer.TokenAsync);
        await issuer.web.StartAsync();
        issuer.Issuer = issuer.web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return issuer;
    }

    /// <summary>Another key signs from now on, and the old one is told no more.</summary>
    public void Rotate()
    {
        key = RSA.Create(2048);
        kid++;
    }

    public string Token(Dictionary<string, object?> claims)
    {
        var payload = JsonSerializer.Serialize(claims.Where(claim => claim.Value is not null).ToDictionary());
        return Forge is { } forge ? forge(payload) : Sign(payload, JsonSerializer.Serialize(new { alg = "RS256", kid = $"k{kid}", typ = "JWT" }),
            text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static string Sign(string payload, string header, Func<byte[], byte[]> signature)
    {
        var text = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Text(signature(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The public key as everybody can read it.</summary>
    public byte[] PublicKey => Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem());

    public string Header(string alg) => JsonSerializer.Serialize(new { alg, kid = $"k{kid}", typ = "JWT" });

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private Task TellAsync(HttpContext context)
    {
        if (IsAway)
        {
            Faults++;
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        }

        return context.Response.WriteAsJsonAsync(new
        {
            issuer = Issuer, authorization_endpoint = $"{Issuer}/authorize", token_endpoint = $"{Issuer}/token", jwks_uri = $"{Issuer}/keys",
            token_endpoint_auth_methods_supported = (string[])["client_secret_basic"], id_token_signing_alg_values_supported = (string[])["RS256"],
            response_types_supported = (string[])["code"], subject_types_supported = (string[])["public"],
        });
    }

    private Task KeysAsync(HttpContext context)
    {
        KeysRead++;
        var of = key.ExportParameters(false);
        return context.Response.WriteAsJsonAsync(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = $"k{kid}", n = Text(of.Modulus!), e = Text(of.Exponent!) } } });
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        var ask = context.Request.Query;
        if (ask["response_type"] != "code" || ask["client_id"] != Client || ask["code_challenge_method"] != "S256" || !$" {ask["scope"]} ".Contains(" openid ", StringComparison.Ordinal)
            || ask["state"].ToString().Length < 20 || ask["nonce"].ToString().Length < 20 || ask["code_challenge"].ToString().Length != 43)
        {
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        }

        var code = Text(RandomNumberGenerator.GetBytes(16));
        codes[code] = (ask["code_challenge"]!, ask["nonce"]!, ask["redirect_uri"]!);
        context.Response.Redirect($"{ask["redirect_uri"]}?code={code}&state={ask["state"]}&iss={Uri.EscapeDataString(Issuer)}");
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        (string Challenge, string Nonce, string Redirect) made = default;
        var right = context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Client}:{Secret}"))
            && form["grant_type"] == "authorization_code" && codes.TryRemove(form["code"]!, out made) && made.Redirect == form["redirect_uri"]
            && Text(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) == made.Challenge;
        if (!right)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_grant" });
            return;
        }

        Dictionary<string, object?> claims = new()
        {
            ["iss"] = Issuer, ["aud"] = Client, ["sub"] = "u1", ["email"] = "ann@example.com", ["email_verified"] = true, ["groups"] = new[] { "ops", "staff" },
            ["nonce"] = made.Nonce, ["iat"] = Now.ToUnixTimeSeconds(), ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in Twist)
        {
            claims[name] = value;
        }

        await context.Response.WriteAsJsonAsync(new { access_token = "opaque", token_type = "Bearer", id_token = Token(claims) });
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
