using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Connections.Generators.Pools;

/// <summary>
/// Writes the facades of interfaces marked [Pooled], and registers them when the assembly loads. What it cannot write it leaves
/// to <see cref="PooledAnalyzer"/> to explain.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PooledGenerator : IIncrementalGenerator
{
    /// <summary>The name of the pipeline step that yields the models, one for each facade.</summary>
    internal const string FacadesStep = "PooledFacades";

    /// <summary>The name of the pipeline step that gathers what is to be registered.</summary>
    internal const string RegistrationsStep = "PooledRegistrations";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var facades = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.PooledAttribute, static (node, _) => node is InterfaceDeclarationSyntax, Read)
            .Where(static facade => facade is not null)
            .Select(static (facade, _) => facade!)
            .WithTrackingName(FacadesStep);

        var registrations = facades.Collect()
            .Select(static (all, _) => all.Select(facade => facade.Registration).ToEquatableArray())
            .WithTrackingName(RegistrationsStep);

        var files = facades.Collect().SelectMany(static (all, _) => all.Named(facade => facade.FileName));
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.FileName, PooledWriter.Write(file.Item)));
        context.RegisterSourceOutput(registrations, static (output, all) =>
        {
            if (all.Count > 0)
            {
                output.AddSource(PooledWriter.RegistrationFileName, PooledWriter.WriteRegistration(all));
            }
        });
    }

    private static PooledFacade? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        return PooledRules.Find(type).Any() ? null : PooledFacade.From(type);
    }
}
