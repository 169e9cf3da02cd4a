using Watchdog.Owners.Admission;

namespace Watchdog.Tests.Owners.Admission;

public sealed class OwnerTextTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("team%2Fblue", "team/blue")]
    [InlineData("a%2520b", "a%20b")]
    [InlineData("J%C3%B6rg%20K.", "Jörg K.")]
    [InlineData("a+b@example.com", "a+b@example.com")]
    public void An_owner_is_read_as_it_was_meant(string segment, string owner)
    {
        Assert.True(OwnerText.TryRead($"/v1/owners/{segment}/admission?x=1", out var read));
        Assert.Equal(owner, read);
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%00")]
    [InlineData("a%0Ab")]
    [InlineData("%FF")]
    [InlineData("%4")]
    [InlineData("100%")]
    [InlineData("%zz")]
    public void What_is_no_owner_is_refused(string segment) => Assert.False(OwnerText.TryRead($"/v1/owners/{segment}/admission", out _));

    [Theory]
    [InlineData("http://watchdog/v1/owners/alice/admission")]
    [InlineData("/v1/owners/alice/../bob/admission")]
    [InlineData("/x/../v1/owners/alice/admission")]
    [InlineData("//v1/owners/alice/admission")]
    public void A_target_that_the_server_reads_otherwise_names_nobody(string target) => Assert.False(OwnerText.TryRead(target, out _));

    [Fact]
    public void An_owner_is_as_long_as_a_tag_may_be_and_no_longer()
    {
        Assert.True(OwnerText.TryRead($"/v1/owners/{new string('a', 256)}/admission", out _));
        Assert.False(OwnerText.TryRead($"/v1/owners/{new string('a', 257)}/admission", out _));
        Assert.False(OwnerText.TryRead($"/v1/owners/{string.Concat(Enumerable.Repeat("%41", 5_000))}/admission", out _));
    }
}
