using System.Runtime.InteropServices;
using Connections.Pooling;

namespace Connections.NetSnmp.Processes;

/// <summary>Where the program that runs workers is, and the workers' own.</summary>
internal static class DotnetHost
{
    private const string WorkerFile = "Connections.NetSnmp.Worker.dll";

    /// <summary>The <c>dotnet</c> that runs this process, or else the one that its runtime belongs to, or the one on the path.</summary>
    internal static string Path { get; } = Find();

    /// <summary>The worker, beside this application.</summary>
    /// <exception cref="ConnectFailedException">It is not there.</exception>
    internal static string FindWorker(ConnectionSettings settings)
    {
        var path = System.IO.Path.Combine(AppContext.BaseDirectory, WorkerFile);
        return File.Exists(path)
            ? path
            : throw new ConnectFailedException(
                $"Connection '{settings.Alias}' of device '{settings.DeviceName}' cannot be made: its worker, {path}, is missing. Applications that are published as "
                + "one file cannot use 'backend: netsnmp'; publish the files side by side.")
            {
                Alias = settings.Alias,
                Device = settings.DeviceName,
            };
    }

    private static string Find()
    {
        if (Environment.ProcessPath is { } own && System.IO.Path.GetFileName(own) == "dotnet")
        {
            return own;
        }

        // A runtime lies in shared/Microsoft.NETCore.App/VERSION.
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(beside) ? beside : "dotnet";
    }
}
