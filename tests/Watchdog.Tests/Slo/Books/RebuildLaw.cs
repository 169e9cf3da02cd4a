using static Watchdog.Tests.Slo.Books.Shelf;

namespace Watchdog.Tests.Slo.Books;

/// <summary>Books that were kept as the news came, in whatever order and cut off anywhere, are those that are written in one go when all is known.</summary>
public class RebuildLaw
{
    private static readonly string[] States = ["pending", "running", "running", "stopping", "stopped", "terminated", "gone"];
    private static readonly string?[] Reasons = [null, "Client.UserInitiatedShutdown", "Server.InternalError", "Server.SpotInstanceTermination"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Kept_or_rebuilt_the_books_are_the_same(int seed)
    {
        var dice = new Random(seed);
        await using var shelf = await CreateAsync(scopes: 2);
        // Two days around a month's end.
        var shift = 29 * 1_440;
        var now = (double)shift;
        await SeeAsync(shelf, shift, shift + 1, 1);
        await SeeAsync(shelf, shift, shift + 1, 2);
        List<long> cases = [];
        for (var step = 0; step < 30; step++)
        {
            var before = now;
            now += dice.Next(1, 180);
            foreach (var scope in (short[])[1, 2])
            {
                // Mostly seen without a gap; now and then not at all, or late.
                if (dice.Next(6) > 0)
                {
                    await SeeAsync(shelf, dice.Next(5) == 0 ? before + dice.Next((int)(now - before)) : before, now, scope);
                }
            }

            for (var facts = dice.Next(4); facts > 0; facts--)
            {
                await TellAsync(shelf, dice, cases, shift, now);
            }

            if (dice.Next(3) > 0)
            {
                await RunCutOffAsync(shelf, dice, now);
            }
        }

        await shelf.RunAsync(now);
        var kept = await shelf.AllAsync();
        await shelf.ForgetAsync();
        await shelf.RunAsync(now);

        Assert.Equal(await shelf.AllAsync(), kept);
        Assert.Equal("0", await shelf.RowsAsync("select count(*) from event where kind = 'slo.broken'"));
    }

    private static Task SeeAsync(Shelf shelf, double from, double to, short scope) => shelf.SeenAsync(from, to, scope);

    private static async Task TellAsync(Shelf shelf, Random dice, List<long> cases, int begin, double now)
    {
        var vm = $"i-{dice.Next(4)}";
        var at = now - (dice.Next(4) == 0 ? dice.Next((int)(now - begin) + 1) : dice.Next(5));
        switch (dice.Next(8))
        {
            case 0 or 1 or 2 or 3:
                // Only what happens now moves a VM to another scope.
                var moves = dice.Next(8) == 0;
                var scope = await shelf.ScopeOfAsync(vm) is { } known ? (short)(moves ? 3 - known : known) : (short)1;
                await shelf.StateAsync(vm, moves ? now : at, States[dice.Next(States.Length)], Reasons[dice.Next(Reasons.Length)], seen: now, scope: scope);
                break;
            case 4:
                await shelf.CheckAsync(vm, now, dice.Next(3) == 0 ? "impaired" : "ok", dice.Next(2) == 0 ? "impaired" : "initializing", since: at);
                break;
            case 5:
                await shelf.CheckAsync(vm, now, null);
                break;
            case 6:
                cases.Add(await shelf.IsolateAsync(vm, at, now));
                break;
            default:
                if (cases.Count > 0)
                {
                    await shelf.RuleAsync(cases[dice.Next(cases.Count)], now, dice.Next(2) == 0 ? "true_positive" : "false_positive");
                }

                break;
        }
    }

    // Killed between two of its transactions: what is committed stands, and the next run goes on.
    private static async Task RunCutOffAsync(Shelf shelf, Random dice, double now)
    {
        if (dice.Next(2) == 0)
        {
            await shelf.RunAsync(now);
            return;
        }

        using var cut = new CancellationTokenSource();
        var left = dice.Next(1, 12);
        var fence = await shelf.FenceAsync();
        var keeper = shelf.Keeper();
        cut.CancelAfter(TimeSpan.FromMilliseconds(left * 5));
        try
        {
            await keeper.RunAsync(fence, At(now), cut.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
