using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>What a [Pooled] interface must be. The generator writes facades of those that keep these rules; the analyzer explains the others.</summary>
internal static class PooledRules
{
    /// <summary>Every broken rule, with the member that breaks it, or the interface itself.</summary>
    public static IEnumerable<(Violation Violation, ISymbol Where)> Find(INamedTypeSymbol type)
    {
        if (InterfaceObstacle(type) is { } obstacle)
        {
            yield return (new(PooledDiagnostics.UnsupportedInterface, type.Name, obstacle), type);
        }

        // A disposable interface is refused as such; its Dispose needs no second report.
        foreach (var (member, reason) in PooledMembers.Refused(type).Where(refused => !IsDisposable(refused.Member.ContainingType)))
        {
            var isOwn = SymbolEqualityComparer.Default.Equals(member.ContainingType, type);
            yield return (new(PooledDiagnostics.UnsupportedMember, member.Name, type.Name, reason), isOwn ? member : type);
        }
    }

    private static string? InterfaceObstacle(INamedTypeSymbol type) => type switch
    {
        { IsGenericType: true } => "is generic, and a facade is registered for one type; derive an interface from it for each type argument and mark that [Pooled]",
        _ when IsHidden(type) => "can be named only inside another type or file; make it public or internal",
        _ when type.AllInterfaces.Any(IsDisposable) =>
            "is disposable, and a caller would dispose a worker of the pool; leave IDisposable and IAsyncDisposable to the class",
        _ when TakesName(type) => $"is to be served by '{PooledFacade.NameOf(type)}', but a type or namespace of that name stands beside it already; rename one of them",
        _ when TwinOf(type) is { } twin =>
            $"is to be served by '{PooledFacade.NameOf(type)}', and so is '{twin.Name}', the other [Pooled] interface in its namespace; rename one of them",
        _ => null,
    };

    private static bool IsHidden(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsFileLocal || part.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDisposable(INamedTypeSymbol type) => type.Is("System.IDisposable") || type.Is("System.IAsyncDisposable");

    // The analyzer sees the facade itself too, which is marked as generated.
    private static bool TakesName(INamedTypeSymbol type) => type.ContainingNamespace
        .GetMembers(PooledFacade.NameOf(type))
        .Any(other => other is INamespaceSymbol or INamedTypeSymbol { Arity: 0 } && !other.IsGenerated());

    /// <summary>Another interface whose facade would bear the same name: <c>Meter</c> beside <c>IMeter</c>.</summary>
    private static INamedTypeSymbol? TwinOf(INamedTypeSymbol type)
    {
        var name = PooledFacade.NameOf(type);
        return WithNested(type.ContainingNamespace.GetTypeMembers()).FirstOrDefault(other =>
            other.TypeKind == TypeKind.Interface
            && !SymbolEqualityComparer.Default.Equals(other, type)
            && PooledFacade.NameOf(other) == name
            && other.Attribute(KnownTypes.PooledAttribute) is not null);
    }

    private static IEnumerable<INamedTypeSymbol> WithNested(IEnumerable<INamedTypeSymbol> types) =>
        types.SelectMany(type => WithNested(type.GetTypeMembers()).Prepend(type));
}
