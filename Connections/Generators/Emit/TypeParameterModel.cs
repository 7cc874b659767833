using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>One type parameter of a method as source text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Constraint">Its whole <c>where</c> clause, or nothing.</param>
internal sealed record TypeParameterModel(string Name, string Constraint)
{
    /// <summary>Repeats a type parameter.</summary>
    /// <param name="parameter">The type parameter of the declaration.</param>
    /// <param name="inherited">
    /// Whether it is that of an override or an explicit implementation, which inherits its constraints and may only say what <c>T?</c> means.
    /// </param>
    public static TypeParameterModel From(ITypeParameterSymbol parameter, bool inherited)
    {
        var name = CSharpText.Identifier(parameter.Name);
        var constraints = string.Join(", ", inherited ? [Inherited(parameter)] : Declared(parameter));
        return new(name, constraints.Length == 0 ? "" : $"where {name} : {constraints}");
    }

    private static string Inherited(ITypeParameterSymbol parameter) =>
        parameter.IsValueType ? "struct" : parameter.IsReferenceType ? "class" : "default";

    private static IEnumerable<string> Declared(ITypeParameterSymbol parameter)
    {
        if (parameter.HasReferenceTypeConstraint)
        {
            yield return parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class";
        }
        else if (parameter.HasUnmanagedTypeConstraint)
        {
            yield return "unmanaged";
        }
        else if (parameter.HasValueTypeConstraint)
        {
            yield return "struct";
        }
        else if (parameter.HasNotNullConstraint)
        {
            yield return "notnull";
        }

        foreach (var type in parameter.ConstraintTypes)
        {
            yield return CSharpText.Type(type);
        }

        if (parameter.HasConstructorConstraint)
        {
            yield return "new()";
        }

        if (parameter.AllowsRefLikeType)
        {
            yield return "allows ref struct";
        }
    }
}
