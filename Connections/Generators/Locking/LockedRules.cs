using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Connections.Generators.Locking;

/// <summary>What a [Locked] method must be. The generator writes the methods that keep these rules; the analyzer explains the others.</summary>
internal static class LockedRules
{
    private const string PageByPage =
        "a sequence that would hold the lock while its consumer's loop body runs; return an IAsyncEnumerable<T>, which holds it only while an element is fetched, or one page as a Task";

    private const string NoTask = "which is neither a finished value nor one of Task, Task<T>, ValueTask, ValueTask<T> and IAsyncEnumerable<T>; return one of those";

    /// <summary>The rules without which there is no body to write.</summary>
    public static IEnumerable<Violation> Shape(IMethodSymbol method)
    {
        var shape = ReturnShapes.Of(method);
        var problem = Problem(method, shape);
        if (problem is not null)
        {
            var name = NameOf(method);
            yield return new(LockedDiagnostics.NotPartialMethod, name, problem, LockedMethod.CoreNameOf(name));
        }

        // Where it makes no sense to speak of a class, what is wrong with the class is no help.
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) || IsOfInterface(method))
        {
            yield break;
        }

        var others = Class(method).Concat(Arguments(method, shape)).Concat(Result(method, shape));
        foreach (var violation in shape.OutlivesCall() ? others.Concat(Parameters(method)) : others)
        {
            yield return violation;
        }
    }

    private static string? Problem(IMethodSymbol method, ReturnShape shape) => method switch
    {
        _ when IsOfInterface(method) => "is a member of an interface, whose implementations it does not bind",
        { MethodKind: MethodKind.LocalFunction } => "is a local function",
        { MethodKind: MethodKind.AnonymousFunction } => "is a lambda",
        { AssociatedSymbol: not null } => "is an accessor",
        { IsStatic: true } => "is static",
        { MethodKind: MethodKind.ExplicitInterfaceImplementation } => "implements an interface explicitly",
        { MethodKind: not MethodKind.Ordinary } => "is not an ordinary method",
        { IsPartialDefinition: false } => "is not a partial declaration",
        _ when HasHandWrittenBody(method) => "has a body of its own",
        _ when shape.OutlivesCall() && IsUnsafe(method) => "is asynchronous and 'unsafe', which cannot await",
        _ => null,
    };

    private static string NameOf(IMethodSymbol method)
    {
        var name = (method.AssociatedSymbol ?? method).Name;
        return method.MethodKind == MethodKind.AnonymousFunction ? "lambda" : name.Substring(name.LastIndexOf('.') + 1);
    }

    private static bool IsOfInterface(IMethodSymbol method) =>
        method.ContainingType.TypeKind == TypeKind.Interface && method.MethodKind is not (MethodKind.LocalFunction or MethodKind.AnonymousFunction);

    private static bool IsUnsafe(IMethodSymbol method) => method.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is MethodDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.UnsafeKeyword));

    // The analyzer sees the generated part too; only a body that the user wrote is in the generator's way.
    private static bool HasHandWrittenBody(IMethodSymbol method) =>
        method.PartialImplementationPart is { } body && !body.IsGenerated();

    private static IEnumerable<Violation> Class(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
            {
                yield return new(LockedDiagnostics.NotPartialClass, type.Name, "local to its file");
            }
            else if (!IsPartial(type))
            {
                yield return new(LockedDiagnostics.NotPartialClass, type.Name, "not partial");
            }
        }

        if (!IsLockable(method.ContainingType))
        {
            yield return new(LockedDiagnostics.NotLockable, method.ContainingType.Name, method.Name);
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsLockable(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class && type.AllInterfaces.Any(implemented => implemented.Is(KnownTypes.Lockable));

    private static IEnumerable<Violation> Arguments(IMethodSymbol method, ReturnShape shape)
    {
        var attribute = method.Attribute(KnownTypes.LockedAttribute);
        if (attribute is null)
        {
            yield break;
        }

        if (LockedMethod.TimeoutOf(attribute) is var timeout and < -1)
        {
            yield return new(LockedDiagnostics.BadTimeout, method.Name, timeout);
        }

        if (shape != ReturnShape.Stream && LockedMethod.HoldsEnumerationOf(attribute))
        {
            yield return new(LockedDiagnostics.HoldWithoutStream, method.Name, "LockHold.Enumeration", method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    }

    private static IEnumerable<Violation> Result(IMethodSymbol method, ReturnShape shape)
    {
        var problem = shape switch
        {
            ReturnShape.Sequence => PageByPage,
            ReturnShape.Other => NoTask,
            _ => null,
        };
        if (problem is not null)
        {
            yield return new(LockedDiagnostics.UnsupportedReturn, method.Name, method.ReturnType.ToDisplayString(), problem);
        }
    }

    private static IEnumerable<Violation> Parameters(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (ParameterRules.CannotOutliveCall(parameter) is { } how)
            {
                yield return new(LockedDiagnostics.ByReference, method.Name, parameter.Name, how);
            }
        }
    }
}
