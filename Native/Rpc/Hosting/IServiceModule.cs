namespace Connections.Native.Rpc.Hosting;

/// <summary>What a section of a services file names by <c>type</c>: a class with a constructor without parameters, which says what its processes serve.</summary>
public interface IServiceModule
{
    /// <summary>Adds the implementations, in the process that serves them.</summary>
    /// <param name="services">What the process will serve.</param>
    void AddTo(RpcServices services);
}
