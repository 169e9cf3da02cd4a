using System.Collections.Frozen;
using Watchdog.Detectors.Facts;

namespace Watchdog.Detectors.Mining;

/// <summary>Honest programs that take whole cores for long. They count where a package manager or the user put them, never from a temporary folder.</summary>
public static class KnownWork
{
    private static readonly FrozenSet<string> Programs = new[]
    {
        "ffmpeg", "x264", "x265", "HandBrakeCLI", "SvtAv1EncApp", "gst-launch-1.0", "cc1", "cc1plus", "ld", "lld", "ld.lld", "mold", "rustc", "javac", "clang", "clang++",
        "gcc", "g++", "dotnet", "msbuild", "gradle", "mvn", "bazel", "make", "ninja", "cargo", "go", "tsc", "esbuild", "R", "Rscript", "matlab", "MATLAB", "octave",
        "octave-cli", "blender", "julia", "postgres", "mysqld", "mariadbd", "mongod", "clickhouse-server", "redis-server", "cassandra", "lammps", "lmp", "gmx", "gmx_mpi",
        "namd2", "namd3", "vasp", "simpleFoam", "mpirun", "orted", "slurmstepd", "blastn", "blastp", "bwa", "samtools", "bowtie2", "STAR", "tesseract", "gzip", "xz", "zstd",
        "pigz", "bzip2", "ollama", "llama-server", "llama-cli",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly System.Buffers.SearchValues<string> PythonWork = System.Buffers.SearchValues.Create(
        ["torch", "tensorflow", "jax", "keras", "numpy", "sklearn", "scikit", "xgboost", "lightgbm", "train", "fit.py", "notebook", "ipykernel", "jupyter", "pytest", "dask", "ray::", "vllm", "transformers"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the process is such work.</summary>
    public static bool Is(GuestProcess process)
    {
        if (Executable.IsOdd(process))
        {
            return false;
        }

        var name = Executable.NameOf(process);
        return Programs.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)
            || (name.StartsWith("python", StringComparison.Ordinal) && process.Args.AsSpan().ContainsAny(PythonWork))
            || (name.SequenceEqual("java") && process.Args.Contains("gradle", StringComparison.OrdinalIgnoreCase));
    }
}
