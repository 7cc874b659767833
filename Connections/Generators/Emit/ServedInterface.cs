using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>What matters of an interface for which a class of its own is generated beside it.</summary>
internal static class ServedInterface
{
    /// <summary><c>ISnmpClient</c> gives its class the name <c>SnmpClient</c> and a suffix; a nested interface also the names of the types around it.</summary>
    public static string StemOf(INamedTypeSymbol type)
    {
        var name = type.Name;
        if (name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]))
        {
            name = name.Substring(1);
        }

        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = outer.Name + name;
        }

        return name;
    }

    /// <summary>Whether it cannot be named from everywhere in its assembly.</summary>
    public static bool IsHidden(INamedTypeSymbol type)
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

    /// <summary>Whether it is one of the two interfaces of what can be disposed of.</summary>
    public static bool IsDisposable(INamedTypeSymbol type) => type.Is("System.IDisposable") || type.Is("System.IAsyncDisposable");

    /// <summary>Whether something else has the name that the generated class is to have. An analyzer sees that class itself too, which is marked as generated.</summary>
    public static bool IsTaken(INamedTypeSymbol type, string name) => type.ContainingNamespace
        .GetMembers(name)
        .Any(other => other is INamespaceSymbol or INamedTypeSymbol { Arity: 0 } && !other.IsGenerated());

    /// <summary>Another interface of the attribute whose class would bear the same name: <c>Meter</c> beside <c>IMeter</c>.</summary>
    public static INamedTypeSymbol? TwinOf(INamedTypeSymbol type, string attribute) =>
        WithNested(type.ContainingNamespace.GetTypeMembers()).FirstOrDefault(other =>
            other.TypeKind == TypeKind.Interface
            && !SymbolEqualityComparer.Default.Equals(other, type)
            && StemOf(other) == StemOf(type)
            && other.Attribute(attribute) is not null);

    private static IEnumerable<INamedTypeSymbol> WithNested(IEnumerable<INamedTypeSymbol> types) =>
        types.SelectMany(type => WithNested(type.GetTypeMembers()).Prepend(type));
}
