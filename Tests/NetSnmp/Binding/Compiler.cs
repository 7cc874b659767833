using System.Diagnostics;

namespace Connections.NetSnmp.Tests.Binding;

/// <summary>Programs and libraries in C, made of a few lines with the system's compiler and the headers of libsnmp-dev.</summary>
internal sealed class Compiler : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("connections-netsnmp-");

    /// <summary>Makes a file.</summary>
    /// <param name="name">What the file is to be called.</param>
    /// <param name="source">C.</param>
    /// <param name="arguments">What the compiler is told besides.</param>
    /// <returns>The path of the file.</returns>
    public async Task<string> MakeAsync(string name, string source, params string[] arguments)
    {
        var path = Path.Combine(_directory.FullName, name);
        var code = path + ".c";
        await File.WriteAllTextAsync(code, source);
        await RunAsync("gcc", ["-w", .. arguments, code, "-o", path, "-lnetsnmp"]);
        return path;
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    /// <returns>What it wrote, line by line.</returns>
    public static async Task<string[]> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Bound);
        await process.WaitForExitAsync().WaitAsync(Bound);
        Assert.That(process.ExitCode, Is.Zero, await errors.WaitAsync(Bound));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
