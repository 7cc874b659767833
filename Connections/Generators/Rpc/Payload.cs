using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Rpc;

/// <summary>How values travel.</summary>
internal static class Payload
{
    private const string Formats = "global::Connections.Native.Rpc.Serialization.RpcFormats";

    private static readonly HashSet<SpecialType> SimpleTypes =
    [
        SpecialType.System_Boolean, SpecialType.System_Byte, SpecialType.System_Int16, SpecialType.System_UInt16, SpecialType.System_Int32,
        SpecialType.System_UInt32, SpecialType.System_Int64, SpecialType.System_UInt64, SpecialType.System_Single, SpecialType.System_Double,
        SpecialType.System_Decimal, SpecialType.System_String, SpecialType.System_DateTime,
    ];

    /// <summary>The format, as C#, in which several arguments travel.</summary>
    public static string FormatOf(IReadOnlyList<IParameterSymbol> arguments, string jsonContext)
    {
        if (arguments.Count == 0)
        {
            return $"{Formats}.Nothing";
        }

        if (arguments.Count == 1 && Raw(arguments[0].Type) is { } raw)
        {
            return raw;
        }

        var adds = arguments.Count == 1
            ? "output.Add(values);"
            : string.Join(" ", arguments.Select((_, index) => $"output.Add(values.Item{index + 1});"));
        var nexts = string.Join(", ", arguments.Select(argument => $"input.Next<{CSharpText.Type(argument.Type)}>()"));
        var read = arguments.Count == 1 ? nexts : $"({nexts})";
        return $"{Formats}.JsonArguments<{TypeOf(arguments)}>({Context(jsonContext)}, static (output, values) => {{ {adds} }}, "
            + $"static (ref global::Connections.Native.Rpc.Serialization.RpcJsonInput input) => {read})";
    }

    /// <summary>The format, as C#, in which a result travels; null if there is none.</summary>
    public static string FormatOf(ITypeSymbol? result, string jsonContext) => result is null
        ? $"{Formats}.Nothing"
        : Raw(result) ?? $"{Formats}.Json<{CSharpText.Type(result)}>({Context(jsonContext)})";

    /// <summary>The type of several arguments in one.</summary>
    public static string TypeOf(IReadOnlyList<IParameterSymbol> arguments) => arguments.Count switch
    {
        0 => "global::System.ValueTuple",
        1 => CSharpText.Type(arguments[0].Type),
        _ => $"({string.Join(", ", arguments.Select(argument => CSharpText.Type(argument.Type)))})",
    };

    /// <summary>What a method hands back; null for nothing.</summary>
    public static ITypeSymbol? ResultOf(IMethodSymbol method) => (method.ReturnType as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();

    /// <summary>The first type that travels as JSON and needs a context, and whether the method takes it, rather than returns it.</summary>
    public static (ITypeSymbol Type, bool IsTaken)? NeedsContext(IMethodSymbol method)
    {
        var arguments = RpcMembers.Arguments(method).ToList();
        var isRaw = arguments.Count == 1 && Raw(arguments[0].Type) is not null;
        if (!isRaw && arguments.FirstOrDefault(argument => !IsSimple(argument.Type)) is { } argument)
        {
            return (argument.Type, true);
        }

        return ResultOf(method) is { } result && Raw(result) is null && !IsSimple(result) ? (result, false) : null;
    }

    private static string Context(string jsonContext) => jsonContext.Length == 0 ? "null" : $"{jsonContext}.Default";

    private static string? Raw(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte, NullableAnnotation: not NullableAnnotation.Annotated } =>
            $"{Formats}.Bytes",
        INamedTypeSymbol memory when memory.Is("System.ReadOnlyMemory`1") && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte =>
            $"{Formats}.Memory",
        _ => null,
    };

    private static bool IsSimple(ITypeSymbol type) =>
        SimpleTypes.Contains(type.SpecialType)
        || type.Is("System.Guid") || type.Is("System.DateTimeOffset") || type.Is("System.TimeSpan")
        || Raw(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)) is not null;
}
