using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>Which members of an interface a facade must forward, and why it cannot forward the others.</summary>
internal static class PooledMembers
{
    /// <summary>The methods to forward: those without a default implementation, and those with one that a worker may have overridden.</summary>
    public static IEnumerable<IMethodSymbol> Forwarded(INamedTypeSymbol type) =>
        All(type).OfType<IMethodSymbol>().Where(IsForwardable);

    /// <summary>Whether a facade of the interface that declares a method, or of one that inherits it, forwards it.</summary>
    public static bool IsForwarded(IMethodSymbol method) => IsOpen(method) && IsForwardable(method);

    /// <summary>The members that a facade must implement but cannot, each with the reason in words.</summary>
    public static IEnumerable<(ISymbol Member, string Reason)> Refused(INamedTypeSymbol type)
    {
        foreach (var member in All(type))
        {
            if (!IsAccessor(member) && Obstacle(member) is { } reason && !HasDefault(type, member))
            {
                yield return (member, reason);
            }
        }
    }

    // What an interface says about a member that it inherits is looked up with that member.
    public static IEnumerable<ISymbol> All(INamedTypeSymbol type) =>
        type.AllInterfaces.Insert(0, type)
            .SelectMany(declaring => declaring.GetMembers())
            .Where(IsOpen);

    private static bool IsOpen(ISymbol member) => (member.IsAbstract || member.IsVirtual) && !IsExplicit(member);

    private static bool IsForwardable(IMethodSymbol method) => method.MethodKind == MethodKind.Ordinary && Obstacle(method) is null;

    /// <summary>Whether a class that implements the interface may leave a member out: the last word on it is a body.</summary>
    public static bool HasDefault(INamedTypeSymbol type, ISymbol member)
    {
        var words = type.AllInterfaces.Insert(0, type)
            .SelectMany(declaring => declaring.GetMembers().Where(other => Explains(other, member)))
            .ToList();
        var last = words
            .Where(word => !words.Any(other => other.ContainingType.AllInterfaces.Contains(word.ContainingType, SymbolEqualityComparer.Default)))
            .ToList();
        return last.Count == 0 ? !member.IsAbstract : last.Count == 1 && !last[0].IsAbstract;
    }

    private static bool Explains(ISymbol word, ISymbol member) => Explicit(word).Contains(member, SymbolEqualityComparer.Default);

    private static bool IsExplicit(ISymbol member) => Explicit(member).Any();

    private static IEnumerable<ISymbol> Explicit(ISymbol member) => member switch
    {
        IMethodSymbol method => method.ExplicitInterfaceImplementations,
        IPropertySymbol property => property.ExplicitInterfaceImplementations,
        IEventSymbol occurrence => occurrence.ExplicitInterfaceImplementations,
        _ => [],
    };

    public static bool IsAccessor(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: not null };

    private static string? Obstacle(ISymbol member) => member switch
    {
        { IsStatic: true } => "is static, and a pool has no type of its own to answer for; leave it to the class",
        { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal) } =>
            "cannot be called from outside of the class; make it public",
        IPropertySymbol => "is a property, and no one worker can answer for the pool; make it a method that returns a ValueTask<T>, or leave it to the class",
        IEventSymbol => "is an event, which any worker would raise at any time; hand a callback to a method that returns a Task, or leave it to the class",
        IMethodSymbol method => ReturnObstacle(ReturnShapes.Of(method)) ?? ParameterObstacle(method),
        _ => null,
    };

    private static string? ReturnObstacle(ReturnShape shape) => shape switch
    {
        _ when shape.IsAsync() => null,
        ReturnShape.Stream or ReturnShape.Sequence =>
            "is a stream, which would keep one worker while its consumer's loop body runs; declare a method that returns one page and where the next one starts as a ValueTask<T>, which leases a worker for each page, and write the stream as an extension method that loops over it",
        ReturnShape.Other => "returns neither Task, Task<T>, ValueTask nor ValueTask<T>; return one of those",
        _ => "is synchronous, and would block its thread until a worker is free; return a Task or a ValueTask",
    };

    private static string? ParameterObstacle(IMethodSymbol method) => method.Parameters
        .Select(parameter => (parameter.Name, How: ParameterRules.CannotOutliveCall(parameter)))
        .Where(parameter => parameter.How is not null)
        .Select(parameter => $"takes '{parameter.Name}' {parameter.How}, which cannot wait for a worker; take it by value (a Memory<T> for a Span<T>), or return it as a result")
        .FirstOrDefault();
}
