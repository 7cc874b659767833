using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>Where [ChangesState] is seen by nobody, and where it is missing.</summary>
internal static class ChangesStateRules
{
    private const string ToDo = "mark it [Locked], or mark it in a [Pooled] interface that declares it";

    /// <summary>What is wrong with the place of the attribute on a method that bears it itself.</summary>
    public static Violation? Place(IMethodSymbol method)
    {
        if (method.Attribute(KnownTypes.ChangesStateAttribute) is null || method.Attribute(KnownTypes.LockedAttribute) is not null)
        {
            return null;
        }

        return method switch
        {
            { MethodKind: MethodKind.LocalFunction } => WithoutEffect(method.Name, "a local function, which is not [Locked]", ToDo),
            { MethodKind: MethodKind.AnonymousFunction } => WithoutEffect("lambda", "a lambda, which is not [Locked]", ToDo),
            { ContainingType.TypeKind: TypeKind.Interface } => PlaceInInterface(method),
            // Its overrides inherit the attribute.
            { IsAbstract: true, AssociatedSymbol: null } => null,
            _ => WithoutEffect(NameOf(method), "not [Locked]", ToDo),
        };
    }

    /// <summary>
    /// The [Locked] methods by which a class implements those of interfaces that are [ChangesState], without being so themselves; each with the
    /// symbol to report it on.
    /// </summary>
    public static IEnumerable<(Violation Violation, ISymbol Where)> Implementations(INamedTypeSymbol type)
    {
        foreach (var declared in type.AllInterfaces.SelectMany(implemented => implemented.GetMembers()).OfType<IMethodSymbol>())
        {
            if (declared.Attribute(KnownTypes.ChangesStateAttribute) is not null
                && type.FindImplementationForInterfaceMember(declared) is IMethodSymbol method
                && method.Attribute(KnownTypes.LockedAttribute) is not null
                && !method.ChangesState()
                && WhereToReport(type, method, declared) is { } where)
            {
                yield return (new(ChangesStateDiagnostics.UnmarkedImplementation, method.Name, type.Name, $"{declared.ContainingType.Name}.{declared.Name}"), where);
            }
        }
    }

    private static Violation? PlaceInInterface(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (!type.IsGenericType && !IsPooled(type))
        {
            return WithoutEffect(NameOf(method), $"'{type.Name}' is not [Pooled]", "mark the interface [Pooled], or the [Locked] methods that implement this one [ChangesState]");
        }

        // What must be implemented but cannot be forwarded is refused as such.
        return method.IsAbstract || PooledMembers.IsForwarded(method)
            ? null
            : WithoutEffect(NameOf(method), "not forwarded by a facade", "mark the methods that it calls");
    }

    private static bool IsPooled(INamedTypeSymbol type) =>
        type.Attribute(KnownTypes.PooledAttribute) is not null
        || AllTypes(type.ContainingAssembly.GlobalNamespace).Any(other =>
            other.TypeKind == TypeKind.Interface
            && other.Attribute(KnownTypes.PooledAttribute) is not null
            && other.AllInterfaces.Contains(type, SymbolEqualityComparer.Default));

    private static IEnumerable<INamedTypeSymbol> AllTypes(INamespaceOrTypeSymbol parent) => parent.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? AllTypes(type).Prepend(type) : AllTypes(member));

    // A base class that implements the interface already has been told about its own method.
    private static ISymbol? WhereToReport(INamedTypeSymbol type, IMethodSymbol method, IMethodSymbol declared) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType, type)
            ? method.PartialDefinitionPart ?? method
            : type.BaseType?.AllInterfaces.Contains(declared.ContainingType, SymbolEqualityComparer.Default) == true ? null : type;

    private static Violation WithoutEffect(string name, string problem, string toDo) =>
        new(ChangesStateDiagnostics.WithoutEffect, name, problem, toDo);

    private static string NameOf(IMethodSymbol method)
    {
        var name = (method.AssociatedSymbol ?? method).Name;
        return name.Substring(name.LastIndexOf('.') + 1);
    }
}
