using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>What the Core of a [Locked] method must be.</summary>
internal static class CoreRules
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat ConstraintFormat = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        miscellaneousOptions: TypeFormat.MiscellaneousOptions);

    private static readonly SymbolDisplayFormat ParameterFormat = TypeFormat
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers);

    private static readonly SymbolDisplayFormat CallFormat = SymbolDisplayFormat.CSharpShortErrorMessageFormat;

    /// <summary>The method missing, or, where methods of its name exist, the one nearest to it or in its way.</summary>
    public static (Violation Violation, IMethodSymbol Where)? Find(IMethodSymbol method, Compilation compilation)
    {
        var name = LockedMethod.CoreNameOf(method.Name);
        var candidates = Candidates(method.ContainingType, name)
            .Where(core => compilation.IsSymbolAccessibleWithin(core, method.ContainingType))
            .ToList();
        if (candidates.FirstOrDefault(core => Fits(core, method)) is { } fitting)
        {
            return CoreOverloads.FindHiding(fitting, candidates, method, compilation) is { } hiding
                ? (new(LockedDiagnostics.CoreHidden, hiding.ToDisplayString(CallFormat), method.Name, fitting.ToDisplayString(CallFormat)), hiding)
                : null;
        }

        var signature = Signature(method, name);
        return candidates.Count == 0
            ? (new(LockedDiagnostics.NoCore, method.Name, name, signature), method)
            : (new(LockedDiagnostics.CoreDiffers, name, method.Name, signature), Nearest(candidates, method));
    }

    /// <summary>The methods of a name that a class has or inherits.</summary>
    private static IEnumerable<IMethodSymbol> Candidates(INamedTypeSymbol type, string name)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers(name).OfType<IMethodSymbol>())
            {
                yield return member;
            }
        }
    }

    // Several [Locked] overloads may share a Core's name; a report on one of another class would be out of the user's sight.
    private static IMethodSymbol Nearest(List<IMethodSymbol> candidates, IMethodSymbol method) =>
        candidates.Count == 1 && SymbolEqualityComparer.Default.Equals(candidates[0].ContainingType, method.ContainingType) ? candidates[0] : method;

    private static bool Fits(IMethodSymbol core, IMethodSymbol method)
    {
        if (core.TypeParameters.Length != method.TypeParameters.Length || core.Parameters.Length != method.Parameters.Length)
        {
            return false;
        }

        var generic = core.IsGenericMethod ? core.Construct([.. method.TypeParameters]) : core;
        return !core.IsStatic
            && core.TypeParameters.Zip(method.TypeParameters, Demands).All(isMet => isMet)
            && generic.RefKind == method.RefKind
            && !(generic.ReturnsVoid && generic.IsAsync)
            && SameType(generic.ReturnType, method.ReturnType)
            && generic.Parameters.Zip(method.Parameters, SameParameter).All(same => same)
            && CoreNullability.Fits(core, method);
    }

    // The body passes its own type parameters on, which must be all that Core asks for.
    private static bool Demands(ITypeParameterSymbol core, ITypeParameterSymbol given) =>
        (given.IsReferenceType || !core.HasReferenceTypeConstraint)
        && (given.IsValueType || !core.HasValueTypeConstraint)
        && (given.HasUnmanagedTypeConstraint || !core.HasUnmanagedTypeConstraint)
        && (given.HasConstructorConstraint || given.IsValueType || !core.HasConstructorConstraint)
        && (core.AllowsRefLikeType || !given.AllowsRefLikeType)
        && core.ConstraintTypes.All(type => given.ConstraintTypes.Any(own => IsOrDerives(own, type)));

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol target) =>
        SameConstraint(type, target)
        || type.AllInterfaces.Any(implemented => SameConstraint(implemented, target))
        || (type.BaseType is { } parent && IsOrDerives(parent, target));

    /// <summary>Whether two types are the same but for which of two methods their type parameters belong to.</summary>
    private static bool SameConstraint(ITypeSymbol one, ITypeSymbol other) => (one, other) switch
    {
        (ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } a, ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } b) =>
            a.Ordinal == b.Ordinal,
        (INamedTypeSymbol { IsGenericType: true } a, INamedTypeSymbol { IsGenericType: true } b) =>
            SameType(a.OriginalDefinition, b.OriginalDefinition) && a.TypeArguments.Zip(b.TypeArguments, SameConstraint).All(same => same),
        (IArrayTypeSymbol a, IArrayTypeSymbol b) => a.Rank == b.Rank && SameConstraint(a.ElementType, b.ElementType),
        _ => SameType(one, other),
    };

    private static bool SameParameter(IParameterSymbol core, IParameterSymbol parameter) =>
        SameType(core.Type, parameter.Type)
        && (core.RefKind == parameter.RefKind || (core.RefKind == RefKind.None && parameter.RefKind == RefKind.In));

    private static bool SameType(ITypeSymbol one, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    private static string Signature(IMethodSymbol method, string name)
    {
        var access = method.ContainingType.IsSealed ? "private" : "protected virtual";
        var typeParameters = CSharpText.TypeParameterList(method.TypeParameters.Select(parameter => parameter.Name));
        var parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.ToDisplayString(ParameterFormat)));
        var generic = method.ToDisplayString(ConstraintFormat);
        var constraints = generic.IndexOf(" where ", StringComparison.Ordinal) is var start and >= 0 ? generic.Substring(start) : "";
        return $"{access} {method.ReturnType.ToDisplayString(TypeFormat)} {name}{typeParameters}({parameters}){constraints}";
    }
}
