namespace Watchdog.FleetSim.Behaviours;

/// <summary>A C++ build: a make that waits, and compilers that live for seconds.</summary>
internal static class Toolchain
{
    private const double ChildSeconds = 9;

    public static void Make(in Scene s, GuestDraft guest, in Spell build, int shell)
    {
        int make = guest.Run("make", "/usr/bin/make", "make -j" + s.Vm.Vcpus, build.Start, 0.01, parent: shell);
        for (int lane = 0; lane < s.Vm.Vcpus; lane++)
        {
            // Each lane runs one file after the other; the file's number names the process.
            double shift = ChildSeconds * Noise.Unit(s.Seed, lane, Channel.Child);
            long file = (long)Math.Floor((s.End + shift) / ChildSeconds);
            double start = Math.Max(build.Start, file * ChildSeconds - shift);
            guest.Run("cc1plus", "/usr/libexec/gcc/x86_64-linux-gnu/12/cc1plus", $"cc1plus -quiet -O2 src/part{(file * 31 + lane) % 977}.cc",
                start, build.Level / 100, rssMegabytes: 240, parent: make);
        }

        guest.ForksPerSecond = 1.5 + 0.9 * s.Vm.Vcpus;
        guest.SystemShare = 0.06;
        guest.IowaitPercent = 1.5;
    }
}
