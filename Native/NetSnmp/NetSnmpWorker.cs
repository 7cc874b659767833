using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Connections.NetSnmp.Worker;

namespace Connections.NetSnmp;

/// <summary>Lets an application that is published as one file be its own worker processes, since there is no other program beside it.</summary>
/// <example>
/// At the very beginning of the program:
/// <code>
/// if (NetSnmpWorker.TryRun(args, out var worker))
/// {
///     return await worker;
/// }
/// </code>
/// </example>
public static class NetSnmpWorker
{
    private const string Mark = "--connections-netsnmp-worker";

    private static volatile bool _isOffered;

    /// <summary>Runs a worker, if this process was started as one; else notes that this application can be started so. To be called before anything else is done.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <param name="exitCode">What ends with the worker, and is what the process is to return.</param>
    /// <returns>Whether it was.</returns>
    public static bool TryRun(string[] arguments, [NotNullWhen(true)] out Task<int>? exitCode)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        _isOffered = true;
        exitCode = arguments is [Mark, .. var rest] ? WorkerProgram.RunAsync(rest) : null;
        return exitCode is not null;
    }

    /// <summary>How this application is started as a worker; <see langword="null"/> if it never said that it can be.</summary>
    internal static ProcessStartInfo? CommandFor(string address) =>
        _isOffered && Environment.ProcessPath is { } own ? new ProcessStartInfo(own, [Mark, address]) : null;
}
