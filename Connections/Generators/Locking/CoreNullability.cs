using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>Whether a Core of the right types takes and gives null only where its [Locked] method does.</summary>
internal static class CoreNullability
{
    public static bool Fits(IMethodSymbol core, IMethodSymbol method) =>
        ResultFits(core, method) && core.Parameters.Zip(method.Parameters, ParameterFits).All(fits => fits);

    private static bool ResultFits(IMethodSymbol core, IMethodSymbol method)
    {
        if (Nullability.IsSpecial(core.GetReturnTypeAttributes()) || Nullability.IsSpecial(method.GetReturnTypeAttributes()))
        {
            return true;
        }

        // The body awaits a task, and hands its result back.
        return ReturnShapes.Of(method) is ReturnShape.TaskOfResult or ReturnShape.ValueTaskOfResult
            ? Nullability.Flows(ResultOf(core), ResultOf(method))
            : Nullability.Flows(core.ReturnType, method.ReturnType);
    }

    private static ITypeSymbol ResultOf(IMethodSymbol method) => ((INamedTypeSymbol)method.ReturnType).TypeArguments[0];

    private static bool ParameterFits(IParameterSymbol core, IParameterSymbol parameter) =>
        Nullability.IsSpecial(core.GetAttributes().Concat(parameter.GetAttributes()))
        || ((parameter.RefKind == RefKind.Out || Nullability.Flows(parameter.Type, core.Type))
            && (parameter.RefKind is not (RefKind.Out or RefKind.Ref) || Nullability.Flows(core.Type, parameter.Type)));
}
