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
        foreach (var (member, reason) in PooledMembers.Refused(type).Where(refused => !ServedInterface.IsDisposable(refused.Member.ContainingType)))
        {
            var isOwn = SymbolEqualityComparer.Default.Equals(member.ContainingType, type);
            yield return (new(PooledDiagnostics.UnsupportedMember, member.Name, type.Name, reason), isOwn ? member : type);
        }
    }

    private static string? InterfaceObstacle(INamedTypeSymbol type) => type switch
    {
        { IsGenericType: true } => "is generic, and a facade is registered for one type; derive an interface from it for each type argument and mark that [Pooled]",
        _ when ServedInterface.IsHidden(type) => "can be named only inside another type or file; make it public or internal",
        _ when type.AllInterfaces.Any(ServedInterface.IsDisposable) =>
            "is disposable, and a caller would dispose a worker of the pool; leave IDisposable and IAsyncDisposable to the class",
        _ when ServedInterface.IsTaken(type, PooledFacade.NameOf(type)) => $"is to be served by '{PooledFacade.NameOf(type)}', but a type or namespace of that name stands beside it already; rename one of them",
        _ when ServedInterface.TwinOf(type, KnownTypes.PooledAttribute) is { } twin =>
            $"is to be served by '{PooledFacade.NameOf(type)}', and so is '{twin.Name}', the other [Pooled] interface in its namespace; rename one of them",
        _ => null,
    };
}
