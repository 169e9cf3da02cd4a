using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Watchdog.Testing;

/// <summary>
/// Stands between a worker and its PostgreSQL on loopback and reads the client's messages as far as needed to see each COMMIT before the server
/// does. It can also be away for a while, as a database is.
/// </summary>
public sealed class CommitProxy : IAsyncDisposable
{
    private const int Startup = 0x0003_0000;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly NpgsqlConnectionStringBuilder behind;
    private readonly HashSet<Socket> open = [];
    private readonly Lock gate = new();
    private readonly Task accepting;
    private long commits;
    private volatile bool away;

    public CommitProxy(string connectionString)
    {
        behind = new NpgsqlConnectionStringBuilder(connectionString);
        listener.Start();
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
        accepting = AcceptAsync();
    }

    /// <summary>How a worker reaches the database through it.</summary>
    public string ConnectionString { get; }

    /// <summary>COMMITs seen since it was set back.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Asked before each COMMIT, by its number from 1; false: the server never sees it, and its session ends.</summary>
    public Func<long, Task<bool>>? Before { get; set; }

    /// <summary>Asked before each statement, and after each COMMIT that the server has made; false: the other side never hears of it, and the session ends.</summary>
    public Func<OnTheWire, Task<bool>>? Meets { get; set; }

    public void Forget() => Interlocked.Exchange(ref commits, 0);

    /// <summary>Ends every session and takes no new one, until <see cref="ComeBack"/>.</summary>
    public void GoAway()
    {
        away = true;
        lock (gate)
        {
            foreach (var socket in open)
            {
                socket.Dispose();
            }

            open.Clear();
        }
    }

    public void ComeBack() => away = false;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        GoAway();
        await accepting;
        ended.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(ended.Token);
                if (away)
                {
                    client.Dispose();
                    continue;
                }

                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The drill has ended.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var path = behind.Host!.StartsWith('/');
        using var server = path ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (gate)
        {
            open.UnionWith([client, server]);
        }

        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(path ? new UnixDomainSocketEndPoint($"{behind.Host}/.s.PGSQL.{behind.Port}") : new DnsEndPoint(behind.Host!, behind.Port), ended.Token);
            await using var fromClient = new NetworkStream(client);
            await using var fromServer = new NetworkStream(server);
            var session = new Session();
            var answers = AnswerAsync(fromServer, fromClient, session);
            await AskAsync(new BufferedStream(fromClient, 16384), fromServer, session);
            client.Dispose();
            server.Dispose();
            await answers;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone; so is the other now.
        }
        finally
        {
            client.Dispose();
            lock (gate)
            {
                open.ExceptWith([client, server]);
            }
        }
    }

    /// <summary>Passes the server's answers on until it ends, or until that to a COMMIT is not to arrive.</summary>
    private async Task AnswerAsync(Stream server, Stream client, Session session)
    {
        var part = new byte[16384];
        while (await server.ReadAsync(part, ended.Token) is > 0 and var length)
        {
            // Nothing else is under way in a session whose COMMIT is: what comes next is its answer.
            if (session.Committing is { } commit)
            {
                session.Committing = null;
                if (Meets is { } meets && !await meets(commit with { Answered = true }))
                {
                    return;
                }
            }

            await client.WriteAsync(part.AsMemory(0, length), ended.Token);
        }
    }

    /// <summary>Passes the client's messages on until it ends, or until a statement is not to arrive.</summary>
    private async Task AskAsync(Stream client, Stream server, Session session)
    {
        var head = new byte[5];
        while (true)
        {
            // Requests before the start of a session, and the start itself, have a length and no type.
            await client.ReadExactlyAsync(head.AsMemory(0, 4));
            var body = await BodyAsync(client, head.AsSpan(0, 4));
            await server.WriteAsync(head.AsMemory(0, 4));
            await server.WriteAsync(body);
            if ((BinaryPrimitives.ReadInt32BigEndian(body) & ~0xffff) == Startup)
            {
                break;
            }
        }

        while (true)
        {
            await client.ReadExactlyAsync(head);
            var body = await BodyAsync(client, head.AsSpan(1, 4));
            if (Statement((char)head[0], body) is { } sql && !await PassesAsync(sql, session))
            {
                return;
            }

            await server.WriteAsync(head);
            await server.WriteAsync(body);
        }
    }

    private async Task<bool> PassesAsync(string sql, Session session)
    {
        var commits = Begins(sql, "commit");
        var met = new OnTheWire(sql, [.. session.Statements], false);
        session.Statements.Add(sql);
        if (commits || Begins(sql, "begin") || Begins(sql, "rollback"))
        {
            session.Statements.Clear();
        }

        if (Meets is { } meets && !await meets(met))
        {
            return false;
        }

        if (!commits)
        {
            return true;
        }

        session.Committing = met;
        var number = Interlocked.Increment(ref this.commits);
        return Before is not { } before || await before(number);
    }

    // A simple query, or a statement that is parsed: name, zero, text.
    private static string? Statement(char type, ReadOnlySpan<byte> body) => type switch
    {
        'Q' => Text(body),
        'P' => Text(body[(body.IndexOf((byte)0) + 1)..]),
        _ => null,
    };

    private static string Text(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body[..body.IndexOf((byte)0)]);

    private static bool Begins(string sql, string word) => sql.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadAsync(Stream from, int length)
    {
        var body = new byte[length];
        await from.ReadExactlyAsync(body);
        return body;
    }

    private static Task<byte[]> BodyAsync(Stream from, ReadOnlySpan<byte> length) => ReadAsync(from, BinaryPrimitives.ReadInt32BigEndian(length) - 4);

    // Each session asks one thing after the other.
    private sealed class Session
    {
        public List<string> Statements { get; } = [];

        public OnTheWire? Committing { get; set; }
    }
}

/// <summary>A statement that the proxy meets.</summary>
/// <param name="Before">The statements of its transaction before it.</param>
/// <param name="Answered">Whether the server has carried it out, and its client has not heard of it yet; else the server has not seen it.</param>
public sealed record OnTheWire(string Sql, IReadOnlyList<string> Before, bool Answered)
{
    public bool Commits => Sql.StartsWith("commit", StringComparison.OrdinalIgnoreCase);
}
