using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>All that the facade of one [Pooled] interface is written from, as text.</summary>
/// <param name="Namespace">The namespace of both; empty for the global one.</param>
/// <param name="Name">The facade's name.</param>
/// <param name="Interface">The interface, fully qualified.</param>
/// <param name="FileName">The name of the generated file.</param>
/// <param name="Methods">The methods to forward.</param>
/// <param name="Warnings">The ids of warnings that its interface's author wishes for, and its user has chosen to live with.</param>
internal sealed record PooledFacade(
    string Namespace, string Name, string Interface, string FileName, EquatableArray<PooledMethod> Methods, EquatableArray<string> Warnings)
{
    public FacadeRegistration Registration =>
        new(Interface, Namespace.Length == 0 ? $"global::{Name}" : $"global::{Namespace}.{Name}", Warnings);

    /// <summary><c>ISnmpClient</c> is served by <c>SnmpClientPool</c>; a nested interface's facade also bears the names of the types around it.</summary>
    public static string NameOf(INamedTypeSymbol type) => ServedInterface.StemOf(type) + "Pool";

    public static PooledFacade From(INamedTypeSymbol type) => new(
        CSharpText.Namespace(type),
        NameOf(type),
        CSharpText.Type(type),
        CSharpText.FileName(type, "Pooled"),
        PooledMembers.Forwarded(type).Select(method => PooledMethod.From(method, type)).ToEquatableArray(),
        PooledMembers.Forwarded(type).SelectMany(ChosenWarnings.Of).Concat(ChosenWarnings.Of(type)).Distinct().ToEquatableArray());
}
