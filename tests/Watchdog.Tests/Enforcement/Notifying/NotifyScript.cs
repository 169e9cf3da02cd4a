using System.Diagnostics;
using System.Text.Json;
using Watchdog.Tests.Telemetry;

namespace Watchdog.Tests.Enforcement.Notifying;

/// <summary>The notifying script over a folder of its own in place of /run, with a <c>wall</c> that writes down what it is given.</summary>
internal sealed class NotifyScript : IDisposable
{
    public const string Operation = "0b7a2a52-0000-4000-8000-000000000001";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notified");
    private readonly string[] _shell;

    /// <param name="shell">A shell and its arguments, e.g. <c>busybox sh</c>.</param>
    /// <param name="wall">What the guest's <c>wall</c> does; null: it has none.</param>
    public NotifyScript(string shell, string? wall = "cat > \"$0.heard\"")
    {
        _shell = shell.Split(' ');
        Directory.CreateDirectory(System.IO.Path.Combine(_folder.FullName, "run"));
        if (wall is not null)
        {
            var program = System.IO.Path.Combine(_folder.FullName, "wall");
            File.WriteAllText(program, $"#!/bin/sh\n{wall}\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static string Path => System.IO.Path.Combine(Standin.Root, "docs/ssm/notify.sh");

    /// <summary>In place of <c>/run/motd.d</c>.</summary>
    public string Folder => System.IO.Path.Combine(_folder.FullName, "run", "motd.d");

    /// <summary>The message of the day; null where there is none.</summary>
    public string? MessageOfTheDay => System.IO.Path.Combine(Folder, "50-watchdog") is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    /// <summary>What was written to the terminals last.</summary>
    public string Heard => File.ReadAllText(System.IO.Path.Combine(_folder.FullName, "wall.heard"));

    /// <summary>Runs it; an answer without text is an undefined element.</summary>
    public (int Exit, JsonElement Said) Run(string code, string minutes, string operation = Operation)
    {
        var text = File.ReadAllText(Path).Replace("{{ code }}", code, StringComparison.Ordinal).Replace("{{ minutes }}", minutes, StringComparison.Ordinal)
            .Replace("{{ operation }}", operation, StringComparison.Ordinal).Replace("/run/motd.d", Folder, StringComparison.Ordinal)
            .Replace("PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin", $"PATH={_folder.FullName}:{_folder.FullName}/bin", StringComparison.Ordinal);
        var programs = Directory.CreateDirectory(System.IO.Path.Combine(_folder.FullName, "bin")).FullName;
        foreach (var name in (string[])["mkdir", "rm", "mv", "cat", "timeout"])
        {
            var link = System.IO.Path.Combine(programs, name);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, $"/usr/bin/{name}");
            }
        }

        var script = System.IO.Path.Combine(_folder.FullName, "script");
        File.WriteAllText(script, text);
        using var process = Process.Start(new ProcessStartInfo(_shell[0], [.. _shell[1..], script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        Assert.Equal("", error.Result);
        return (process.ExitCode, output.Result.Length == 0 ? default : JsonDocument.Parse(output.Result).RootElement);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
