using Connections.Native.SharedMemory;

namespace Connections.Native.Tests;

/// <summary>Signals to other processes.</summary>
internal static class ProcessSignals
{
    public static void Signal(this ToldProcess process, int signal) => Assert.That(Libc.Signal(process.Id, signal), Is.Zero);
}
