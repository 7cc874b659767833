using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Rpc;

/// <summary>All that is written for one [RpcService] interface, as text.</summary>
/// <param name="Namespace">The namespace of both; empty for the global one.</param>
/// <param name="Name">The name of the generated class.</param>
/// <param name="Interface">The interface, fully qualified.</param>
/// <param name="FileName">The name of the generated file.</param>
/// <param name="Service">What the service is called.</param>
/// <param name="Version">The version of its contract.</param>
/// <param name="Methods">The methods that travel.</param>
/// <param name="Warnings">The ids of warnings that the interface's user has chosen to live with.</param>
internal sealed record RpcServiceModel(
    string Namespace,
    string Name,
    string Interface,
    string FileName,
    string Service,
    int Version,
    EquatableArray<RpcMethodModel> Methods,
    EquatableArray<string> Warnings)
{
    public const int LastVersion = 65_535;

    public RpcRegistration Registration => new(
        Interface, Namespace.Length == 0 ? $"global::{Name}" : $"global::{Namespace}.{Name}", Service, Version, Warnings);

    public static string NameOf(INamedTypeSymbol type) => ServedInterface.StemOf(type) + "Rpc";

    public static RpcServiceModel From(INamedTypeSymbol type)
    {
        var methods = RpcMembers.Forwarded(type).ToList();
        var jsonContext = JsonContextOf(type) is { } context ? CSharpText.Type(context) : "";
        return new(
            CSharpText.Namespace(type),
            NameOf(type),
            CSharpText.Type(type),
            CSharpText.FileName(type, "Rpc"),
            Argument(type, "Name") is string name ? name : type.Name,
            VersionOf(type),
            methods.Select((method, index) => RpcMethodModel.From(method, type, index, jsonContext)).ToEquatableArray(),
            methods.SelectMany(ChosenWarnings.Of).Concat(ChosenWarnings.Of(type)).Distinct().ToEquatableArray());
    }

    public static int VersionOf(INamedTypeSymbol type) => Argument(type, "Version") is int version ? version : 1;

    public static INamedTypeSymbol? JsonContextOf(INamedTypeSymbol type) => Argument(type, "JsonContext") as INamedTypeSymbol;

    private static object? Argument(INamedTypeSymbol type, string name) =>
        type.Attribute(KnownTypes.RpcServiceAttribute)?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
