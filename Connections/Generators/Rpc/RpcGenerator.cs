using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Connections.Generators.Rpc;

/// <summary>
/// Writes, for each interface marked [RpcService], the class that clients call and the one that calls an implementation, and registers them when
/// the assembly loads. What it cannot write it leaves to <see cref="RpcAnalyzer"/> to explain.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RpcGenerator : IIncrementalGenerator
{
    /// <summary>The name of the pipeline step that yields the models, one for each service.</summary>
    internal const string ServicesStep = "RpcServices";

    /// <summary>The name of the pipeline step that gathers what is to be registered.</summary>
    internal const string RegistrationsStep = "RpcRegistrations";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var services = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.RpcServiceAttribute, static (node, _) => node is InterfaceDeclarationSyntax, Read)
            .Where(static service => service is not null)
            .Select(static (service, _) => service!)
            .WithTrackingName(ServicesStep);

        var registrations = services.Collect()
            .Select(static (all, _) => all.Select(service => service.Registration).ToEquatableArray())
            .WithTrackingName(RegistrationsStep);

        var files = services.Collect().SelectMany(static (all, _) => all.Named(service => service.FileName));
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.FileName, RpcWriter.Write(file.Item)));
        context.RegisterSourceOutput(registrations, static (output, all) =>
        {
            if (all.Count > 0)
            {
                output.AddSource(RpcWriter.RegistrationFileName, RpcWriter.WriteRegistration(all));
            }
        });
    }

    private static RpcServiceModel? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        return RpcRules.Find(type).Any() ? null : RpcServiceModel.From(type);
    }
}
