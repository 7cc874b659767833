namespace Connections.Native.Tests.Rpc.Processes;

/// <summary>Processes that serve or call, as <see cref="ServiceSession"/> does.</summary>
internal static class ServiceProcess
{
    /// <summary>Starts one, which says with its greeting where it serves or calls, with the port that was chosen.</summary>
    /// <param name="role"><c>serve</c>, <c>churn</c> or <c>call</c>.</param>
    /// <param name="address">Where.</param>
    public static Task<ToldProcess> StartAsync(string role, string address) => ToldProcess.StartAsync("rpc", role, address);
}
