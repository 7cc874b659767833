using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Connections.Generators.Pools;

/// <summary>Finds [ChangesState] where nobody sees it, and implementations of [ChangesState] methods that lack it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChangesStateAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [ChangesStateDiagnostics.WithoutEffect, ChangesStateDiagnostics.UnmarkedImplementation];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(CheckType, SymbolKind.NamedType);
        context.RegisterOperationAction(
            static operation => CheckFunction(operation, ((ILocalFunctionOperation)operation.Operation).Symbol), OperationKind.LocalFunction);
        context.RegisterOperationAction(
            static operation => CheckFunction(operation, ((IAnonymousFunctionOperation)operation.Operation).Symbol), OperationKind.AnonymousFunction);
    }

    private static void CheckFunction(OperationAnalysisContext context, IMethodSymbol function)
    {
        if (ChangesStateRules.Place(function) is { } violation)
        {
            context.ReportDiagnostic(violation.At(function.Locations.FirstOrDefault()));
        }
    }

    private static void CheckType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(method => method.PartialDefinitionPart is null))
        {
            if (ChangesStateRules.Place(method) is { } violation)
            {
                context.ReportDiagnostic(violation.At(method.Locations.FirstOrDefault()));
            }
        }

        if (type.TypeKind == TypeKind.Class)
        {
            foreach (var (violation, where) in ChangesStateRules.Implementations(type))
            {
                context.ReportDiagnostic(violation.At(where.Locations.FirstOrDefault()));
            }
        }
    }
}
