using Watchdog.Enforcement.Governing;
using Watchdog.Storage;

namespace Watchdog.Tests.Enforcement.Governing;

public sealed class LanesTests
{
    [Fact]
    public async Task Work_is_taken_up_in_order_and_so_many_at_once()
    {
        var begun = new List<int>();
        var waits = Enumerable.Range(0, 6).Select(_ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var ready = new SemaphoreSlim(0);
        var run = Lanes.RunAsync([0, 1, 2, 3, 4, 5], 3, async item =>
        {
            lock (begun)
            {
                begun.Add(item);
            }

            ready.Release();
            return await waits[item].Task;
        });

        await WaitAsync(ready, 3);
        Assert.Equal([0, 1, 2], begun);
        waits[1].SetResult(true);
        await WaitAsync(ready, 1);
        Assert.Equal([0, 1, 2, 3], begun);
        foreach (var wait in waits)
        {
            wait.TrySetResult(true);
        }

        await run;
        Assert.Equal([0, 1, 2, 3, 4, 5], begun.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_no_or_a_failure_none_begins_and_the_ones_under_way_are_waited_for(bool throws)
    {
        var slow = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (begun, ended) = (0, 0);
        var run = Lanes.RunAsync([0, 1, 2, 3], 2, async item =>
        {
            Interlocked.Increment(ref begun);
            if (item == 0)
            {
                await slow.Task;
                Interlocked.Increment(ref ended);
                return true;
            }

            return throws ? throw new FencedException("another has it") : false;
        });
        Assert.False(run.IsCompleted);
        slow.SetResult(true);

        if (throws)
        {
            await Assert.ThrowsAsync<FencedException>(() => run);
        }
        else
        {
            await run;
        }

        Assert.Equal((2, 1), (begun, ended));
    }

    [Fact]
    public async Task A_lost_lease_is_told_before_any_other_failure()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Lanes.RunAsync([0, 1], 2, async item =>
        {
            await all.Task;
            throw item == 0 ? new InvalidOperationException("this") : new FencedException("that");
        });
        all.SetResult();

        await Assert.ThrowsAsync<FencedException>(() => run);
    }

    private static async Task WaitAsync(SemaphoreSlim ready, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await ready.WaitAsync();
        }
    }
}
