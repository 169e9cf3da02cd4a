using System.Collections.Concurrent;
using Watchdog.FleetSim.Ssm;

namespace Watchdog.FleetSim.State;

/// <summary>The commands that were sent, in order.</summary>
internal sealed class CommandStore(ulong seed)
{
    private readonly ConcurrentDictionary<string, Command> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<Command> _all = new();
    private long _count;

    public IEnumerable<Command> All => _all;

    public Command? Find(string id) => _byId.GetValueOrDefault(id);

    public Command Add(Func<string, Command> make)
    {
        var number = (ulong)Interlocked.Increment(ref _count);
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Mix.Of(seed, 0x7000 + number));
        BitConverter.TryWriteBytes(bytes[8..], Mix.Of(seed ^ 0xC0, 0x7000 + number));
        var command = make(new Guid(bytes).ToString("D"));
        _byId[command.Id] = command;
        _all.Enqueue(command);
        return command;
    }
}
