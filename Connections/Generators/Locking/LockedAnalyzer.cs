using System.Collections.Immutable;
using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

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
        LockedDiagnostics.ByReference,
        LockedDiagnostics.UnsupportedReturn,
        LockedDiagnostics.BadTimeout,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.Method);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        // Both parts of a partial method carry the attributes of either; the declaration speaks for them.
        if (method.PartialDefinitionPart is not null || method.Attribute(KnownTypes.LockedAttribute) is null)
            return;

        var location = method.Locations.FirstOrDefault();
        var violations = LockedRules.Shape(method).ToList();
        foreach (var violation in violations)
            context.ReportDiagnostic(violation.At(location));
        if (violations.Count == 0 && CoreRules.Find(method, context.Compilation) is { } core)
            context.ReportDiagnostic(core.Violation.At(core.Where.Locations.FirstOrDefault()));
    }
}
