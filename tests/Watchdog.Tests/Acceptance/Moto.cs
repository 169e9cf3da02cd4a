using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Watchdog.Tests.Acceptance;

/// <summary>A server of moto, an emulator of AWS that others wrote, where python3 has it.</summary>
internal static class Moto
{
    /// <summary>Whether it is installed.</summary>
    public static async Task<bool> IsThereAsync()
    {
        try
        {
            await using var probe = Child.Start("python3", ["-c", "import moto.server, boto3"]);
            return (await probe.EndAsync()).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Starts it on a free port of loopback.</summary>
    public static async Task<(Child Moto, string Url)> StartAsync()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var moto = Child.Start("python3", ["-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            await moto.WaitForAsync(line => line.Contains("Running on", StringComparison.Ordinal) ? line : null);
            return (moto, $"http://127.0.0.1:{port}");
        }
        catch
        {
            await moto.DisposeAsync();
            throw;
        }
    }

    /// <summary>A script of the tests that fills it.</summary>
    public static string Script(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Cli", name);
}
