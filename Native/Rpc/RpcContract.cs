namespace Connections.Native.Rpc;

/// <summary>A service in one version.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its contract.</param>
internal readonly record struct RpcContract(string Name, int Version)
{
    public override string ToString() => $"version {Version} of '{Name}'";
}
