using System.Text.Json;
using Watchdog.Tests.Telemetry;

namespace Watchdog.Tests.Enforcement.Notifying;

/// <summary>The notifying script in the shells that guests have.</summary>
public sealed class NotifyScriptTests
{
    public static TheoryData<string> Shells => [.. Standin.Shells];

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_warning_goes_to_terminals_and_to_the_message_of_the_day_until_it_is_called_off(string shell)
    {
        using var guest = new NotifyScript(shell);
        var (exit, said) = guest.Run("idle", "15");
        Assert.Equal(0, exit);
        Assert.Equal(("told", true, true, "idle", 15, NotifyScript.Operation), Of(said));
        Assert.Contains("seems unused and will be stopped in about 15 minutes", guest.MessageOfTheDay, StringComparison.Ordinal);
        Assert.Equal(guest.MessageOfTheDay, guest.Heard);

        guest.Run("schedule", "5");
        Assert.Contains("by its schedule in about 5 minutes", guest.MessageOfTheDay, StringComparison.Ordinal);
        Assert.Equal(("told", true, true, "cancelled", 0, NotifyScript.Operation), Of(guest.Run("cancelled", "0").Said));
        Assert.Null(guest.MessageOfTheDay);
        Assert.Contains("called off", guest.Heard, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(guest.Folder));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_guest_without_wall_or_with_one_that_fails_reads_it_at_its_login(string shell)
    {
        using var without = new NotifyScript(shell, wall: null);
        Assert.Equal(("told", false, true, "idle", 15, NotifyScript.Operation), Of(without.Run("idle", "15").Said));
        using var failing = new NotifyScript(shell, wall: "cat > /dev/null; exit 1");
        Assert.Equal(("told", false, true, "idle", 15, NotifyScript.Operation), Of(failing.Run("idle", "15").Said));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void What_the_guests_owner_put_in_the_way_is_neither_followed_nor_removed(string shell)
    {
        using var guest = new NotifyScript(shell, wall: null);
        var theirs = guest.Folder + "-theirs";
        Directory.CreateDirectory(theirs);
        Directory.CreateSymbolicLink(guest.Folder, theirs);
        Assert.Equal("unsupported", Of(guest.Run("idle", "15").Said).State);
        Assert.Empty(Directory.EnumerateFileSystemEntries(theirs));

        Directory.Delete(guest.Folder);
        Directory.CreateDirectory(Path.Combine(guest.Folder, "50-watchdog"));
        Assert.Equal("unsupported", Of(guest.Run("idle", "15").Said).State);
        Assert.Equal("unsupported", Of(guest.Run("cancelled", "0").Said).State);
        Assert.Equal(["50-watchdog"], Directory.EnumerateFileSystemEntries(guest.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("idle", "1441")]
    [InlineData("idle", "-1")]
    [InlineData("idle", "015")]
    [InlineData("idle", "")]
    [InlineData("anything", "15")]
    public void What_the_patterns_would_have_refused_is_refused_here_too(string code, string minutes)
    {
        using var guest = new NotifyScript("dash");
        var (exit, said) = guest.Run(code, minutes);
        Assert.Equal((64, JsonValueKind.Undefined, null), (exit, said.ValueKind, guest.MessageOfTheDay));
    }

    private static (string State, bool Wall, bool Motd, string Code, int Minutes, string Operation) Of(JsonElement said)
    {
        Assert.True(said.GetProperty("end").GetBoolean());
        return (said.GetProperty("state").GetString()!, said.GetProperty("wall").GetBoolean(), said.GetProperty("motd").GetBoolean(), said.GetProperty("code").GetString()!,
            said.GetProperty("minutes").GetInt32(), said.GetProperty("operation").GetString()!);
    }
}
