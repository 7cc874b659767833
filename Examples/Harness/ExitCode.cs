namespace Connections.Harness;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    internal const int Success = 0;

    /// <summary>Some device failed; standard error says which, and why.</summary>
    internal const int DeviceFailed = 1;

    /// <summary>The command line or the testbed makes no sense.</summary>
    internal const int Usage = 2;

    /// <summary>What a shell expects of a program that a signal ended.</summary>
    internal static int OfSignal(int signal) => 128 + signal;
}
