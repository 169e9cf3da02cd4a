using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Watchdog.Enforcement.Restraining;

namespace Watchdog.Tests.Enforcement.Restraining;

/// <summary>The document's answers come from a guest that may lie: what is no answer to the question is none.</summary>
public class RestrainAnswerTests
{
    private static readonly Guid Operation = Guid.Parse(Restrained.Operation);
    private static readonly Restraint Asked = new(4242, 184_467, RestraintActions.Cap, 20, false, "server");

    [Fact]
    public async Task What_the_script_really_prints_is_read()
    {
        using var runaway = new Restrained("while :; do :; done");
        var said = await runaway.RunAsync("cap");
        var asked = Asked with { Pid = runaway.Pid, StartTicks = runaway.Start };

        var answer = RestrainAnswer.Parse(said.GetRawText(), asked, Operation)!;

        Assert.Equal(Restrained.CanCap ? "capped" : "unsupported", answer.State);
        Assert.Equal(Restrained.CanCap ? RestrainEnd.AskAgain : RestrainEnd.Failed, RestrainRules.Judge(asked, answer, null).End);
        Assert.NotNull(answer.UsedTicks);
        Assert.True(answer.UpSeconds > 0);
    }

    [Theory]
    [InlineData("v", 2)]
    [InlineData("operation", "0b7a2a52-0000-4000-8000-000000000002")]
    [InlineData("action", "lift")]
    [InlineData("pid", 4243)]
    [InlineData("start", 184_468)]
    [InlineData("state", "splendid")]
    [InlineData("up", "long")]
    [InlineData("up", -1)]
    [InlineData("end", false)]
    public void An_answer_to_another_question_is_none(string key, object value)
    {
        var said = JsonNode.Parse(FakeRestrainer.Answer(Asked, Operation, "capped"))!.AsObject();
        Assert.NotNull(RestrainAnswer.Parse(said.ToJsonString(), Asked, Operation));
        said[key] = JsonValue.Create(value);

        Assert.Null(RestrainAnswer.Parse(said.ToJsonString(), Asked, Operation));
        said.Remove(key);
        Assert.Null(RestrainAnswer.Parse(said.ToJsonString(), Asked, Operation));
    }

    [Fact]
    public void Long_deep_and_broken_texts_are_none_and_hostile_words_are_bounded()
    {
        var said = JsonNode.Parse(FakeRestrainer.Answer(Asked, Operation, "unsupported"))!.AsObject();
        said["why"] = new string('x', 900) + "\u001b[2J\u202e";
        Assert.InRange(RestrainAnswer.Parse(said.ToJsonString(), Asked, Operation)!.Why.Length, 1, 200);
        said["used"] = 1e300;
        said["procs"] = -5;
        var odd = RestrainAnswer.Parse(said.ToJsonString(), Asked, Operation)!;
        Assert.Equal((null, null), (odd.UsedTicks, odd.Processes));
        said["why"] = new string('x', 5_000);

        foreach (var text in (string?[])[null, "", "{", "[]", "7", "null", new string('[', 4_000), said.ToJsonString(), "{\"v\":1}"])
        {
            Assert.Null(RestrainAnswer.Parse(text, Asked, Operation));
        }
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var whole = FakeRestrainer.Answer(Asked, Operation, "capped");
        var text = from letters in Gen.Elements("{}[]\",:\\1e-truefalsnu \n\0\ud800é".ToCharArray()).ArrayOf()
                   from at in Gen.Choose(0, whole.Length)
                   select (Text: new string(letters), At: at);

        Prop.ForAll(text.ToArbitrary(), one =>
        {
            _ = RestrainAnswer.Parse(one.Text, Asked, Operation);
            _ = RestrainAnswer.Parse(whole.Insert(one.At, one.Text), Asked, Operation);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
