using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>
/// Finds the overload that takes a call from the Core it is meant for: the compiler prefers any method of a derived class that will do to a
/// better one that is inherited, and takes an override for a method of the class that declared it first.
/// </summary>
internal static class CoreOverloads
{
    public static IMethodSymbol? FindHiding(IMethodSymbol core, IEnumerable<IMethodSymbol> candidates, IMethodSymbol method, Compilation compilation)
    {
        var declaring = Root(core).ContainingType;
        return candidates
            .TakeWhile(candidate => !SymbolEqualityComparer.Default.Equals(candidate.ContainingType, declaring))
            .FirstOrDefault(candidate => !candidate.IsOverride && Accepts(candidate, method, compilation));
    }

    private static IMethodSymbol Root(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
        {
            method = overridden;
        }

        return method;
    }

    private static bool Accepts(IMethodSymbol candidate, IMethodSymbol method, Compilation compilation)
    {
        // Type arguments are written out where there are any, and else inferred.
        if (method.IsGenericMethod && candidate.TypeParameters.Length != method.TypeParameters.Length)
        {
            return false;
        }

        var accepting = method.IsGenericMethod ? candidate.Construct([.. method.TypeParameters]) : candidate;
        var count = method.Parameters.Length;
        return accepting.Parameters.Skip(count).All(parameter => parameter.IsOptional || parameter.IsParams)
            && method.Parameters.Select((parameter, index) => Accepts(accepting, index, parameter, compilation)).All(accepts => accepts);
    }

    private static bool Accepts(IMethodSymbol candidate, int index, IParameterSymbol given, Compilation compilation)
    {
        var parameter = candidate.Parameters.ElementAtOrDefault(index) ?? candidate.Parameters.LastOrDefault(last => last.IsParams);
        return parameter is not null && IsPassedAs(parameter, given) && TypesOf(parameter).Any(type => Converts(given, type, compilation));
    }

    private static bool IsPassedAs(IParameterSymbol parameter, IParameterSymbol given) => given.RefKind is RefKind.Ref or RefKind.Out
        ? parameter.RefKind == given.RefKind
        : parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter;

    // An argument for 'params' may be all of them or one.
    private static IEnumerable<ITypeSymbol> TypesOf(IParameterSymbol parameter) => parameter switch
    {
        { IsParams: true, Type: IArrayTypeSymbol array } => [array, array.ElementType],
        { IsParams: true, Type: INamedTypeSymbol { TypeArguments.Length: 1 } collection } => [collection, collection.TypeArguments[0]],
        _ => [parameter.Type],
    };

    private static bool Converts(IParameterSymbol given, ITypeSymbol target, Compilation compilation)
    {
        if (given.RefKind is RefKind.Ref or RefKind.Out)
        {
            return SymbolEqualityComparer.Default.Equals(given.Type, target);
        }

        var source = given.Type.TypeKind == TypeKind.Dynamic ? compilation.ObjectType : given.Type;
        return IsInferred(target, given) || compilation.ClassifyCommonConversion(source, target) is { Exists: true, IsImplicit: true };
    }

    private static bool IsInferred(ITypeSymbol target, IParameterSymbol given) =>
        target is ITypeParameterSymbol { DeclaringMethod: { } declaring }
        && !SymbolEqualityComparer.Default.Equals(declaring, given.ContainingSymbol);
}
