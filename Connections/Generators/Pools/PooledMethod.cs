using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>One method that a facade forwards to a worker.</summary>
/// <param name="Interface">The interface that declares it, fully qualified.</param>
/// <param name="IsInherited">Whether that is another interface than the pooled one.</param>
/// <param name="Name">Its name, not escaped.</param>
/// <param name="Shape">Which kind of task it returns.</param>
/// <param name="ReturnType">Its return type, fully qualified.</param>
/// <param name="ChangesState">Whether it leaves its worker in another state.</param>
/// <param name="TypeParameters">Its type parameters.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record PooledMethod(
    string Interface,
    bool IsInherited,
    string Name,
    ReturnShape Shape,
    string ReturnType,
    bool ChangesState,
    EquatableArray<TypeParameterModel> TypeParameters,
    EquatableArray<ParameterModel> Parameters)
{
    public static PooledMethod From(IMethodSymbol method, INamedTypeSymbol pooled) => new(
        CSharpText.Type(method.ContainingType),
        !SymbolEqualityComparer.Default.Equals(method.ContainingType, pooled),
        method.Name,
        ReturnShapes.Of(method),
        CSharpText.Type(method.ReturnType),
        method.ChangesState(),
        method.TypeParameters.Select(parameter => TypeParameterModel.From(parameter, inherited: true)).ToEquatableArray(),
        method.Parameters.Select(ParameterModel.From).ToEquatableArray());
}
