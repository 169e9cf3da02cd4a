using Watchdog.Owners.Notices;

namespace Watchdog.Tests.Owners.Notices;

public sealed class NoticeTextTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_text_says_what_was_seen_what_was_done_what_to_do_and_until_when()
    {
        var facts = new NoticeFacts(
            NoticeTypes.Contained, At, 17, "i-1", "alice", "miner", 3, "quarantine", At.AddHours(-1), ["guest-processes", "cpu-shape", "agent"], false, At.AddDays(1), "escalate", null);
        var (title, text) = NoticeText.Of(facts, At.AddDays(14), "help@example.com", null);
        Assert.Equal("Your VM i-1 has been cut off from the network", title);
        Assert.Equal(
            "Since 2026-03-02 09:00 UTC, what happens on your VM i-1 looks like cryptocurrency mining, which our terms do not allow. "
            + "We saw it in the programs that run on it and its use of the processor. The VM goes on running and nothing on it was deleted, but it has no network until this is settled. "
            + "If you did not start it, somebody else may have got in: change your passwords and keys. A person looks at it by 2026-03-03 10:00 UTC. "
            + "If you think that this is wrong, tell help@example.com by 2026-03-16 and name case 17; a person looks at it.", text);
        var (_, linked) = NoticeText.Of(facts, At.AddDays(14), "help@example.com", new("https://watchdog.example.com/v1/cases/17/appeal?link=a.b"));
        Assert.EndsWith(
            "If you think that this is wrong, say so by 2026-03-16 at https://watchdog.example.com/v1/cases/17/appeal?link=a.b or tell help@example.com and name case 17; a person looks at it.",
            linked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, "Notices:Url must", "ftp://example.com")]
    [InlineData(null, null, null, "Notices:Url must", "http://example.com")]
    [InlineData("nonsense", null, null, "secret 1 is not whsec_", "https://example.com/hook")]
    [InlineData(null, null, null, "there is no secret", "https://example.com/hook")]
    [InlineData(null, "/nowhere/at/all", null, "Notices:SecretFile cannot be read", "https://example.com/hook")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null, null, null, "https://example.com/hook")]
    [InlineData(null, null, null, null, null)]
    public void Settings_that_cannot_work_stop_the_start(string? secret, string? file, string? contact, string? message, string? url)
    {
        var checkedOptions = new NoticeTargetValidator().Validate(null, new NoticeOptions { Url = url, Secret = secret, SecretFile = file, AppealContact = contact });
        Assert.Equal(message is null, checkedOptions.Succeeded);
        Assert.Contains(message ?? "", checkedOptions.FailureMessage ?? "", StringComparison.Ordinal);
    }
}
