namespace Watchdog.FleetSim.Behaviours;

/// <summary>Reads about mining and greps for it, and mines nothing: the words are in the arguments, the programs are honest.</summary>
internal sealed class BlockchainStudent : Developer
{
    private static readonly (string Comm, string Exe, string Args)[] Reading =
    [
        ("grep", "/usr/bin/grep", "grep -rn xmrig docs/ notes/"), ("vim", "/usr/bin/vim.basic", "vim src/stratum/randomx_verifier.cc"),
        ("git", "/usr/bin/git", "git clone https://github.com/xmrig/xmrig.git"), ("node", "/usr/bin/node", "node thesis/chain.js --difficulty 2 --topic monero-stratum"),
        ("less", "/usr/bin/less", "less papers/cryptonight-rx0.txt"),
    ];

    public override string Kind => "benign/blockchain-student";

    protected override void Work(in Scene s, GuestDraft guest, in Spell session, int shell)
    {
        long half = (long)Math.Floor(s.End / 1800);
        (string comm, string exe, string args) = Noise.Pick<(string, string, string)>(s.Seed, half, Channel.Trait, Reading);
        guest.Run(comm, exe, args, Math.Max(session.Start, half * 1800), 0.01, parent: shell);
    }
}
