using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Connections.Generators.Rpc;

/// <summary>Explains why the generator writes nothing for an [RpcService] interface, and finds [Idempotent] where nobody sees it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RpcAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [RpcDiagnostics.UnsupportedService, RpcDiagnostics.UnsupportedMember, RpcDiagnostics.UnknownJson, RpcDiagnostics.IdempotentElsewhere];

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
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (RpcRules.Place(method) is { } misplaced)
            {
                context.ReportDiagnostic(misplaced.At(method.Locations.FirstOrDefault()));
            }
        }

        if (type.TypeKind != TypeKind.Interface || type.Attribute(KnownTypes.RpcServiceAttribute) is null)
        {
            return;
        }

        foreach (var (violation, where) in RpcRules.Find(type))
        {
            context.ReportDiagnostic(violation.At(where.Locations.FirstOrDefault()));
        }
    }
}
