using System.Runtime.CompilerServices;

namespace Connections.Native.Rpc;

/// <summary>
/// What was generated for the interfaces marked <see cref="RpcServiceAttribute"/>. Generated code registers it when the assembly of the
/// interface is first used.
/// </summary>
public static class RpcContracts
{
    /// <summary>Registers what was generated for an interface; generated code calls it.</summary>
    /// <param name="name">What the service is called.</param>
    /// <param name="version">The version of its contract.</param>
    /// <param name="createClient">Makes the class that clients call.</param>
    /// <param name="createDispatcher">Makes the class that calls an implementation.</param>
    public static void Register<TService>(
        string name, int version, Func<RpcBinding, TService> createClient, Func<TService, RpcDispatcher> createDispatcher)
        where TService : class =>
        Generated<TService>.Entry = new Entry<TService>(new RpcContract(name, version), createClient, createDispatcher);

    internal static Entry<TService> Of<TService>()
        where TService : class
    {
        if (Generated<TService>.Entry is null)
        {
            // The interface may be all that was touched of its assembly so far, and that does not run the assembly's initializer.
            RuntimeHelpers.RunModuleConstructor(typeof(TService).Module.ModuleHandle);
        }

        return Generated<TService>.Entry
            ?? throw new ArgumentException($"{typeof(TService)} is not an interface marked [RpcService], or was compiled without the generator of Connections.");
    }

    internal sealed record Entry<TService>(
        RpcContract Contract, Func<RpcBinding, TService> CreateClient, Func<TService, RpcDispatcher> CreateDispatcher);

    private static class Generated<TService>
        where TService : class
    {
        public static Entry<TService>? Entry { get; set; }
    }
}
