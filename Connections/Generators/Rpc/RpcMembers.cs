using Connections.Generators.Emit;
using Connections.Generators.Pools;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Rpc;

/// <summary>Which members of an interface travel, and why the others cannot.</summary>
internal static class RpcMembers
{
    /// <summary>The methods that travel: those that have no implementation in the interface itself.</summary>
    public static IEnumerable<IMethodSymbol> Forwarded(INamedTypeSymbol type) =>
        Open(type).OfType<IMethodSymbol>().Where(method => Obstacle(method) is null);

    /// <summary>The members that a client must implement but cannot, each with the reason in words.</summary>
    public static IEnumerable<(ISymbol Member, string Reason)> Refused(INamedTypeSymbol type)
    {
        foreach (var member in Open(type))
        {
            if (Obstacle(member) is { } reason)
            {
                yield return (member, reason);
            }
        }
    }

    /// <summary>The parameter whose cancellation travels too.</summary>
    public static IParameterSymbol? Token(IMethodSymbol method) =>
        method.Parameters.LastOrDefault() is { } last && last.Type.Is(KnownTypes.CancellationToken) ? last : null;

    /// <summary>The parameters that travel.</summary>
    public static IEnumerable<IParameterSymbol> Arguments(IMethodSymbol method) =>
        method.Parameters.Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, Token(method)));

    private static IEnumerable<ISymbol> Open(INamedTypeSymbol type) =>
        PooledMembers.All(type).Where(member => !PooledMembers.IsAccessor(member) && !PooledMembers.HasDefault(type, member));

    private static string? Obstacle(ISymbol member) => member switch
    {
        { IsStatic: true } => "is static, and there is no type to ask in another process; leave it to the class",
        { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal) } => "cannot be called from outside of the class; make it public",
        IPropertySymbol => "is a property, and another process is asked by a method that returns a ValueTask<T>",
        IEventSymbol => "is an event; return an IAsyncEnumerable<T> of what happens",
        IMethodSymbol { IsGenericMethod: true } => "is generic, and the types that travel are fixed; declare a method for each",
        IMethodSymbol method => ReturnObstacle(ReturnShapes.Of(method)) ?? ParameterObstacle(method),
        _ => null,
    };

    private static string? ReturnObstacle(ReturnShape shape) => shape switch
    {
        ReturnShape.Stream => null,
        _ when shape.IsAsync() => null,
        ReturnShape.Sequence => "returns a sequence that is not an IAsyncEnumerable<T>; return that, or a list in a Task<T>",
        ReturnShape.Other => "returns neither Task, Task<T>, ValueTask, ValueTask<T> nor IAsyncEnumerable<T>; return one of those",
        _ => "is synchronous, and would block its thread until another process answers; return a Task or a ValueTask",
    };

    private static string? ParameterObstacle(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (ParameterRules.CannotOutliveCall(parameter) is { } how)
            {
                return $"takes '{parameter.Name}' {how}, which cannot go to another process; take it by value (a ReadOnlyMemory<byte> for a span), or return it as a result";
            }

            if (parameter.Type.TypeKind is TypeKind.Delegate or TypeKind.Dynamic)
            {
                return $"takes '{parameter.Name}', which is {(parameter.Type.TypeKind == TypeKind.Dynamic ? "dynamic" : "a delegate")} and cannot go to another process; take data";
            }
        }

        return Arguments(method).FirstOrDefault(parameter => parameter.Type.Is(KnownTypes.CancellationToken)) is { } early
            ? $"takes the CancellationToken '{early.Name}' before another parameter; take one, and last"
            : null;
    }
}
