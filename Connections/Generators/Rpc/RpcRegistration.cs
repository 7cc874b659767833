using Connections.Generators.Emit;

namespace Connections.Generators.Rpc;

/// <summary>What the assembly tells when it loads: this interface is that service, and these classes are for it.</summary>
/// <param name="Interface">The interface, fully qualified.</param>
/// <param name="Generated">The generated class, fully qualified.</param>
/// <param name="Service">What the service is called.</param>
/// <param name="Version">The version of its contract.</param>
/// <param name="Warnings">The ids of warnings that naming them would bring up.</param>
internal sealed record RpcRegistration(string Interface, string Generated, string Service, int Version, EquatableArray<string> Warnings);
