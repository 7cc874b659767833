using Connections.Generators.Emit;

namespace Connections.Generators.Pools;

/// <summary>What the assembly tells the pools when it loads: this interface is served by that class.</summary>
/// <param name="Interface">The interface, fully qualified.</param>
/// <param name="Facade">Its facade, fully qualified.</param>
/// <param name="Warnings">The ids of warnings that naming them would bring up.</param>
internal sealed record FacadeRegistration(string Interface, string Facade, EquatableArray<string> Warnings);
