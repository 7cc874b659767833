using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>Tells which types may be named in an unsafe context only.</summary>
internal static class PointerTypes
{
    public static bool Mentions(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => true,
        IArrayTypeSymbol array => Mentions(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(Mentions),
        _ => false,
    };
}
