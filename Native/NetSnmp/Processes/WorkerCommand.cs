using System.Diagnostics;
using System.Runtime.InteropServices;
using Connections.Pooling;

namespace Connections.NetSnmp.Processes;

/// <summary>The command line by which a worker process is started: the worker beside this application, or this application itself where it is one file.</summary>
internal static class WorkerCommand
{
    private const string WorkerFile = "Connections.NetSnmp.Worker.dll";

    // Of the dotnet that runs this process, or else of the one that its runtime belongs to, or of the one on the path.
    private static readonly string Dotnet = FindDotnet();

    /// <summary>The command for a worker that serves an address.</summary>
    /// <exception cref="ConnectFailedException">There is no worker.</exception>
    internal static ProcessStartInfo For(string address, ConnectionSettings settings)
    {
        var path = Path.Combine(AppContext.BaseDirectory, WorkerFile);
        if (File.Exists(path))
        {
            return new ProcessStartInfo(Dotnet, ["exec", path, address]);
        }

        return NetSnmpWorker.CommandFor(address) ?? throw new ConnectFailedException(
            $"Connection '{settings.Alias}' of device '{settings.DeviceName}' cannot be made: its worker, {path}, is missing. An application that is published as "
            + $"one file must call {nameof(NetSnmpWorker)}.{nameof(NetSnmpWorker.TryRun)} when it begins; or publish the files side by side.")
        {
            Alias = settings.Alias,
            Device = settings.DeviceName,
        };
    }

    private static string FindDotnet()
    {
        if (Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet")
        {
            return own;
        }

        // A runtime lies in shared/Microsoft.NETCore.App/VERSION.
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }
}
