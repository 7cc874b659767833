using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Rpc;

/// <summary>One method of a service, as text.</summary>
/// <param name="Interface">The interface that declares it, fully qualified.</param>
/// <param name="IsInherited">Whether that is another interface than the service's.</param>
/// <param name="Name">Its name, not escaped.</param>
/// <param name="Field">The name of its description in the generated class.</param>
/// <param name="Id">What it is called by.</param>
/// <param name="Shape">How it returns.</param>
/// <param name="ReturnType">Its return type, fully qualified.</param>
/// <param name="IsIdempotent">Whether it may run twice.</param>
/// <param name="Parameters">All its parameters.</param>
/// <param name="HasToken">Whether the last one is a token.</param>
/// <param name="ArgumentsType">The type of the others in one.</param>
/// <param name="ArgumentsFormat">How they travel.</param>
/// <param name="ResultType">The type of the result or of an element; an empty tuple for none.</param>
/// <param name="ResultFormat">How it travels.</param>
internal sealed record RpcMethodModel(
    string Interface,
    bool IsInherited,
    string Name,
    string Field,
    uint Id,
    ReturnShape Shape,
    string ReturnType,
    bool IsIdempotent,
    EquatableArray<ParameterModel> Parameters,
    bool HasToken,
    string ArgumentsType,
    string ArgumentsFormat,
    string ResultType,
    string ResultFormat)
{
    private const uint HashStart = 2166136261;
    private const uint HashFactor = 16777619;

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static RpcMethodModel From(IMethodSymbol method, INamedTypeSymbol service, int index, string jsonContext)
    {
        var arguments = RpcMembers.Arguments(method).ToList();
        var result = Payload.ResultOf(method);
        return new(
            CSharpText.Type(method.ContainingType),
            !SymbolEqualityComparer.Default.Equals(method.ContainingType, service),
            method.Name,
            $"{method.Name}{index}",
            IdOf(method, service),
            ReturnShapes.Of(method),
            CSharpText.Type(method.ReturnType),
            method.Attribute(KnownTypes.IdempotentAttribute) is not null,
            method.Parameters.Select(ParameterModel.From).ToEquatableArray(),
            RpcMembers.Token(method) is not null,
            Payload.TypeOf(arguments),
            Payload.FormatOf(arguments, jsonContext),
            result is null ? "global::System.ValueTuple" : CSharpText.Type(result),
            Payload.FormatOf(result, jsonContext));
    }

    /// <summary>
    /// A hash (FNV-1a) of what the method is called, takes and returns, and, if it is inherited, where from. So methods may be added and moved without harm to clients of before, and a
    /// method that was changed is another one.
    /// </summary>
    private static uint IdOf(IMethodSymbol method, INamedTypeSymbol service)
    {
        var declaring = SymbolEqualityComparer.Default.Equals(method.ContainingType, service) ? "" : method.ContainingType.ToDisplayString(Signature) + ".";
        var parameters = RpcMembers.Arguments(method).Select(parameter => parameter.Type.ToDisplayString(Signature));
        var text = $"{declaring}{method.Name}({string.Join(",", parameters)}){method.ReturnType.ToDisplayString(Signature)}";
        return text.Aggregate(HashStart, static (hash, character) => unchecked((hash ^ character) * HashFactor));
    }
}
