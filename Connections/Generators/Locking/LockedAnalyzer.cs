using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Locking;

/// <summary>Explains why the generator does not write the body of a [Locked] method, or what is wrong with its Core.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockedAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        LockedDiagnostics.NotPartialMethod,
        LockedDiagnostics.NotPartialClass,
        LockedDiagnostics.NotLockable,
        LockedDiagnostics.NoCore,
        LockedDiagnostics.CoreDiffers,
        LockedDiagnostics.CoreHidden,
        LockedDiagnostics.ByReference,
        LockedDiagnostics.UnsupportedReturn,
        LockedDiagnostics.BadTimeout,
        LockedDiagnostics.HoldWithoutStream,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        // The symbol action of a partial method runs for its implementing part, which is generated and so passed over.
        context.RegisterSymbolAction(CheckType, SymbolKind.NamedType);
        context.RegisterOperationAction(
            static operation => CheckFunction(operation, ((ILocalFunctionOperation)operation.Operation).Symbol), OperationKind.LocalFunction);
        context.RegisterOperationAction(
            static operation => CheckFunction(operation, ((IAnonymousFunctionOperation)operation.Operation).Symbol), OperationKind.AnonymousFunction);
    }

    private static void CheckFunction(OperationAnalysisContext context, IMethodSymbol function)
    {
        if (function.Attribute(KnownTypes.LockedAttribute) is not null)
        {
            foreach (var violation in LockedRules.Shape(function))
            {
                context.ReportDiagnostic(violation.At(function.Locations.FirstOrDefault()));
            }
        }
    }

    private static void CheckType(SymbolAnalysisContext context)
    {
        foreach (var method in ((INamedTypeSymbol)context.Symbol).GetMembers().OfType<IMethodSymbol>())
        {
            if (method.PartialDefinitionPart is null && method.Attribute(KnownTypes.LockedAttribute) is not null)
            {
                CheckMethod(context, method);
            }
        }
    }

    private static void CheckMethod(SymbolAnalysisContext context, IMethodSymbol method)
    {
        var location = method.Locations.FirstOrDefault();
        var violations = LockedRules.Shape(method).ToList();
        foreach (var violation in violations)
        {
            context.ReportDiagnostic(violation.At(location));
        }

        if (violations.Count == 0 && CoreRules.Find(method, context.Compilation) is { } core)
        {
            context.ReportDiagnostic(core.Violation.At(core.Where.Locations.FirstOrDefault()));
        }
    }
}
