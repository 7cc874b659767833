using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Connections.Generators.Locking;

/// <summary>All that the body of one locked method is written from, as text.</summary>
/// <param name="Class">The class that the method stands in.</param>
/// <param name="Modifiers">The modifiers of its declaration but for <c>partial</c>.</param>
/// <param name="Name">Its name, not escaped.</param>
/// <param name="Shape">How it hands back its result.</param>
/// <param name="ReturnType">Its return type, fully qualified.</param>
/// <param name="ElementType">The type of a stream's elements, fully qualified; empty for other methods.</param>
/// <param name="TypeParameters">Its type parameters.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="TimeoutMs">How long it waits for the lock, in milliseconds; -1 without end.</param>
/// <param name="HoldsEnumeration">Whether it is a stream that holds the lock until its enumerator is disposed.</param>
/// <param name="ChangesState">Whether it leaves its connection in another state.</param>
/// <param name="Warnings">The ids of warnings that its signature brings up, and its user has chosen to live with.</param>
internal sealed record LockedMethod(
    PartialClass Class,
    string Modifiers,
    string Name,
    ReturnShape Shape,
    string ReturnType,
    string ElementType,
    EquatableArray<TypeParameterModel> TypeParameters,
    EquatableArray<ParameterModel> Parameters,
    int TimeoutMs,
    bool HoldsEnumeration,
    bool ChangesState,
    EquatableArray<string> Warnings)
{
    private const int Enumeration = 1;

    public string CoreName => CoreNameOf(Name);

    /// <summary>The parameter whose token cancels the wait for the lock as well as the call.</summary>
    public ParameterModel? Token =>
        Parameters.FirstOrDefault(parameter => parameter.IsEnumeratorToken) ?? Parameters.LastOrDefault(parameter => parameter.IsCancellationToken);

    /// <summary><c>ExecuteAsync</c> becomes <c>ExecuteCoreAsync</c>, <c>Read</c> becomes <c>ReadCore</c>.</summary>
    public static string CoreNameOf(string name)
    {
        const string suffix = "Async";
        return name.EndsWith(suffix, StringComparison.Ordinal)
            ? name.Substring(0, name.Length - suffix.Length) + "CoreAsync"
            : name + "Core";
    }

    /// <summary>Reads <c>TimeoutMs</c> off a [Locked] attribute.</summary>
    public static int TimeoutOf(AttributeData attribute) => Argument(attribute, "TimeoutMs") ?? -1;

    /// <summary>Whether a [Locked] attribute says <c>Hold = LockHold.Enumeration</c>.</summary>
    public static bool HoldsEnumerationOf(AttributeData attribute) => Argument(attribute, "Hold") == Enumeration;

    public static LockedMethod From(IMethodSymbol method, MethodDeclarationSyntax declaration, AttributeData attribute) => new(
        PartialClass.Of(method.ContainingType, isUnsafe: NeedsUnsafe(method, declaration)),
        string.Join(" ", declaration.Modifiers.Select(modifier => modifier.ValueText).Where(modifier => modifier != "partial")),
        method.Name,
        ReturnShapes.Of(method),
        CSharpText.Type(method.ReturnType),
        ReturnShapes.Of(method) == ReturnShape.Stream ? CSharpText.Type(((INamedTypeSymbol)method.ReturnType).TypeArguments[0]) : "",
        method.TypeParameters.Select(parameter => TypeParameterModel.From(parameter, inherited: method.IsOverride)).ToEquatableArray(),
        method.Parameters.Select(ParameterModel.From).ToEquatableArray(),
        TimeoutOf(attribute),
        HoldsEnumerationOf(attribute),
        method.ChangesState(),
        ChosenWarnings.Of(method).Distinct().ToEquatableArray());

    // Both parts of a method say 'unsafe', or neither does. Where the user's class says it for the method, so does the generated part of the
    // class, but not for the methods that await, which an unsafe context forbids.
    private static bool NeedsUnsafe(IMethodSymbol method, MethodDeclarationSyntax declaration) =>
        !declaration.Modifiers.Any(SyntaxKind.UnsafeKeyword)
        && method.Parameters.Select(parameter => parameter.Type).Append(method.ReturnType).Any(PointerTypes.Mentions);

    private static int? Argument(AttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.Key == name)
        .Select(argument => argument.Value.Value as int?)
        .FirstOrDefault();
}
