using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>Compares types that are the same but for what they say about null. Where a type says nothing, in code without nullability, anything goes.</summary>
internal static class Nullability
{
    private const string Attributes = "System.Diagnostics.CodeAnalysis";

    /// <summary>Whether a value of one type may stand where the other is declared, without a warning.</summary>
    public static bool Flows(ITypeSymbol from, ITypeSymbol to) =>
        !(from.NullableAnnotation == NullableAnnotation.Annotated && to.NullableAnnotation == NullableAnnotation.NotAnnotated)
        && PartsFlow(from, to);

    /// <summary>Whether attributes say more about null than the type does.</summary>
    public static bool IsSpecial(IEnumerable<AttributeData> attributes) =>
        attributes.Any(attribute => attribute.AttributeClass?.ContainingNamespace.ToDisplayString() == Attributes);

    private static bool PartsFlow(ITypeSymbol from, ITypeSymbol to) => (from, to) switch
    {
        (IArrayTypeSymbol a, IArrayTypeSymbol b) => Flows(a.ElementType, b.ElementType),
        (INamedTypeSymbol a, INamedTypeSymbol b) => a.TypeArguments
            .Zip(b.TypeArguments, (one, other) => (one, other))
            .Zip(a.TypeParameters, (pair, parameter) => ArgumentFlows(pair.one, pair.other, VarianceOf(a, parameter)))
            .All(flows => flows),
        _ => true,
    };

    private static bool ArgumentFlows(ITypeSymbol from, ITypeSymbol to, VarianceKind variance) =>
        (variance == VarianceKind.In || Flows(from, to)) && (variance == VarianceKind.Out || Flows(to, from));

    // Tuples are converted element by element.
    private static VarianceKind VarianceOf(INamedTypeSymbol type, ITypeParameterSymbol parameter) =>
        type.IsTupleType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? VarianceKind.Out : parameter.Variance;
}
