using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Watchdog.AwsClients.Tests.Conformance;

/// <summary>
/// moto, an emulator of AWS in Python that others wrote, as a process of its own on loopback; <see cref="Url"/> is null, and
/// <see cref="Absence"/> says why, where it is not installed. One a test class; its end ends the process.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    private Process? process;

    public string? Url { get; private set; }

    public string Absence { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (!await HasMoto())
        {
            Absence = "moto is not installed (python3 -c \"import moto.server\" fails): these calls were NOT checked against it.";
            return;
        }

        var port = FreePort();
        process = Start("-m", "moto.server", "-H", "127.0.0.1", "-p", $"{port}");
        var url = $"http://127.0.0.1:{port}";
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 300 && !process.HasExited; attempt++)
        {
            if (await Answers(http, url))
            {
                Url = url;
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Absence = "moto is installed but its server did not come up: these calls were NOT checked against it.";
    }

    public async Task DisposeAsync()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> HasMoto()
    {
        try
        {
            using var probe = Start("-c", "import moto.server");
            await probe.WaitForExitAsync();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<bool> Answers(HttpClient http, string url)
    {
        try
        {
            return (await http.GetAsync(new Uri(url + "/moto-api/data.json"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
