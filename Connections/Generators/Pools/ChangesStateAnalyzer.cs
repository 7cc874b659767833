using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Connections.Generators.Pools;

/// <summary>Finds [ChangesState] where nobody heeds it, and locked methods that lack it although their interface says so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChangesStateAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [PooledDiagnostics.ChangeUnheeded, PooledDiagnostics.ChangeUntold];

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
        if (type.TypeKind == TypeKind.Interface)
        {
            return;
        }

        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(method => method.PartialDefinitionPart is null))
        {
            var (isLocked, changes) = (Has(method, KnownTypes.LockedAttribute), Has(method, KnownTypes.ChangesStateAttribute));
            if (changes && !isLocked)
            {
                context.ReportDiagnostic(Diagnostic.Create(PooledDiagnostics.ChangeUnheeded, method.Locations.FirstOrDefault(), method.Name));
            }
            else if (isLocked && !changes && FindChanging(type, method) is { } declared)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    PooledDiagnostics.ChangeUntold, method.Locations.FirstOrDefault(), method.Name, declared.ContainingType.Name));
            }
        }
    }

    /// <summary>The method of an interface, marked [ChangesState], that a method of the type implements.</summary>
    private static ISymbol? FindChanging(INamedTypeSymbol type, IMethodSymbol method) => type.AllInterfaces
        .SelectMany(implemented => implemented.GetMembers())
        .Where(member => Has(member, KnownTypes.ChangesStateAttribute))
        .FirstOrDefault(member => type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation
            && SymbolEqualityComparer.Default.Equals(implementation.PartialDefinitionPart ?? implementation, method));

    private static bool Has(ISymbol symbol, string attribute) => symbol.Attribute(attribute) is not null;
}
