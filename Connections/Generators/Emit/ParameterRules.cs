using Microsoft.CodeAnalysis;

namespace Connections.Generators.Emit;

/// <summary>Which parameters an asynchronous body can keep.</summary>
internal static class ParameterRules
{
    /// <summary>How a parameter is passed that is gone once the caller's frame is, in words; <see langword="null"/> for one that can be kept.</summary>
    public static string? CannotOutliveCall(IParameterSymbol parameter) => parameter switch
    {
        { RefKind: RefKind.Ref } => "by 'ref'",
        { RefKind: RefKind.Out } => "by 'out'",
        { RefKind: RefKind.RefReadOnlyParameter } => "by 'ref readonly'",
        { Type: IPointerTypeSymbol or IFunctionPointerTypeSymbol } => "as a pointer",
        { Type: ITypeParameterSymbol { AllowsRefLikeType: true } } => "as a ref struct",
        { Type.IsRefLikeType: true } => "as a ref struct",
        _ => null,
    };
}
