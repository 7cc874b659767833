using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Connections.Harness.Commands;

/// <summary>The terminal of this process without line editing, echo and signals, until disposed: each key goes to whoever reads.</summary>
internal sealed partial class RawConsole : IDisposable
{
    private const int StandardInput = 0;
    private const int AfterOutput = 1;

    // More than any system's struct termios has, which is read and written as a whole only.
    private const int Size = 256;

    private readonly byte[] _before = new byte[Size];

    /// <exception cref="UsageException">Standard input is no terminal that can be changed so.</exception>
    internal RawConsole()
    {
        Check(Get(StandardInput, _before));
        byte[] raw = [.. _before];
        MakeRaw(raw);
        Check(Set(StandardInput, AfterOutput, raw));
    }

    internal static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public void Dispose() => _ = Set(StandardInput, AfterOutput, _before);

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new UsageException($"The terminal cannot be used key by key: {new Win32Exception(Marshal.GetLastPInvokeError()).Message} Give commands through a pipe.");
        }
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int Get(int descriptor, byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int Set(int descriptor, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] settings);
}
