namespace Connections.Generators.Pools;

/// <summary>What the assembly tells the pools when it loads: this interface is served by that class.</summary>
/// <param name="Interface">The interface, fully qualified.</param>
/// <param name="Facade">Its facade, fully qualified.</param>
internal sealed record FacadeRegistration(string Interface, string Facade);
