using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>One parameter as source text.</summary>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Type">Its type, fully qualified.</param>
/// <param name="Modifiers"><c>params</c>, <c>in</c> and so on, each with a space after it.</param>
/// <param name="Passing">What stands before the argument when the parameter is passed on: <c>ref</c>, <c>out</c> or nothing.</param>
/// <param name="Cast">What makes a <c>dynamic</c> one an object; nothing for the others.</param>
/// <param name="Nullability">The attributes, each with a space after it, that say whether an argument may be null against the look of its type.</param>
/// <param name="IsCancellationToken">Whether it is a <c>CancellationToken</c>.</param>
/// <param name="IsEnumeratorToken">Whether it is declared to take the token of whoever enumerates.</param>
internal sealed record ParameterModel(
    string Name, string Type, string Modifiers, string Passing, string Cast, string Nullability, bool IsCancellationToken, bool IsEnumeratorToken)
{
    private static readonly string[] Preconditions =
        ["System.Diagnostics.CodeAnalysis.AllowNullAttribute", "System.Diagnostics.CodeAnalysis.DisallowNullAttribute"];

    public string Declaration => $"{Modifiers}{Type} {Name}";

    public string Argument => Passing.Length == 0 ? Value : $"{Passing}{Name}";

    /// <summary>The parameter as a value. A <c>dynamic</c> one would have the call that it is passed to bound at run time.</summary>
    public string Value => Cast + Name;

    public static ParameterModel From(IParameterSymbol parameter) => new(
        CSharpText.Identifier(parameter.Name),
        CSharpText.Type(parameter.Type),
        ModifiersOf(parameter),
        PassingOf(parameter.RefKind),
        CastOf(parameter.Type),
        string.Concat(Preconditions.Where(name => parameter.Attribute(name) is not null).Select(name => $"[global::{name}] ")),
        parameter.Type.Is(KnownTypes.CancellationToken),
        parameter.Attribute(KnownTypes.EnumeratorCancellation) is not null);

    private static string ModifiersOf(IParameterSymbol parameter)
    {
        var scoped = parameter.ScopedKind != ScopedKind.None && parameter.RefKind != RefKind.Out && !parameter.IsParams ? "scoped " : "";
        var byReference = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        };
        return scoped + byReference + (parameter.IsParams ? "params " : "");
    }

    private static string CastOf(ITypeSymbol type) => type switch
    {
        { TypeKind: not TypeKind.Dynamic } => "",
        { NullableAnnotation: NullableAnnotation.Annotated } => "(object?)",
        _ => "(object)",
    };

    private static string PassingOf(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.RefReadOnlyParameter => "in ",
        _ => "",
    };
}
