using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>
/// The warnings, by id, that mentioning a type or calling a member brings up by its author's wish: that of an obsolete or an experimental one
/// with an id of its own. Who declares a method over it has answered them there; the generated code only repeats what was declared.
/// </summary>
internal static class ChosenWarnings
{
    private const string Obsolete = "System.ObsoleteAttribute";
    private const string Experimental = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";

    /// <summary>The ids for a method, the types of its signature, and the types around it.</summary>
    public static IEnumerable<string> Of(IMethodSymbol method) => method.Parameters
        .Select(parameter => parameter.Type)
        .Concat(method.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes))
        .Append(method.ReturnType)
        .Append(method.ContainingType)
        .SelectMany(Of)
        .Concat(Own(method));

    /// <summary>The ids for a type, its arguments, and the types around it.</summary>
    public static IEnumerable<string> Of(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Of(array.ElementType),
        IPointerTypeSymbol pointer => Of(pointer.PointedAtType),
        INamedTypeSymbol named => Own(named)
            .Concat(named.TypeArguments.Where(argument => argument is not ITypeParameterSymbol).SelectMany(Of))
            .Concat(named.ContainingType is { } outer ? Of(outer) : []),
        _ => [],
    };

    private static IEnumerable<string> Own(ISymbol symbol)
    {
        if (symbol.Attribute(Obsolete) is { } obsolete
            && obsolete.NamedArguments.FirstOrDefault(argument => argument.Key == "DiagnosticId").Value is { Value: string named })
        {
            yield return named;
        }

        if (symbol.Attribute(Experimental)?.ConstructorArguments.FirstOrDefault() is { Value: string id })
        {
            yield return id;
        }
    }
}
