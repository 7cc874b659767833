using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Connections.Generators.Pools;

/// <summary>Explains why the generator does not write the facade of a [Pooled] interface.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PooledAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [PooledDiagnostics.UnsupportedInterface, PooledDiagnostics.UnsupportedMember];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Interface || type.Attribute(KnownTypes.PooledAttribute) is null)
        {
            return;
        }

        foreach (var (violation, where) in PooledRules.Find(type))
        {
            context.ReportDiagnostic(violation.At(where.Locations.FirstOrDefault()));
        }
    }
}
