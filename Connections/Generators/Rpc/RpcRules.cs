using Connections.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace Connections.Generators.Rpc;

/// <summary>What an [RpcService] interface must be. The generator writes for those that keep these rules; the analyzer explains the others.</summary>
internal static class RpcRules
{
    private const string JsonContextBase = "System.Text.Json.Serialization.JsonSerializerContext";

    /// <summary>Every broken rule, with the member that breaks it, or the interface itself.</summary>
    public static IEnumerable<(Violation Violation, ISymbol Where)> Find(INamedTypeSymbol type)
    {
        if (InterfaceObstacle(type) is { } obstacle)
        {
            yield return (new(RpcDiagnostics.UnsupportedService, type.Name, obstacle), type);
        }

        foreach (var (member, reason) in RpcMembers.Refused(type).Where(refused => !ServedInterface.IsDisposable(refused.Member.ContainingType)))
        {
            yield return (new(RpcDiagnostics.UnsupportedMember, member.Name, type.Name, reason), Place(type, member));
        }

        if (RpcServiceModel.JsonContextOf(type) is not null)
        {
            yield break;
        }

        foreach (var method in RpcMembers.Forwarded(type))
        {
            if (Payload.NeedsContext(method) is var (needed, isTaken))
            {
                var verb = isTaken ? "takes" : "returns";
                yield return (new(RpcDiagnostics.UnknownJson, method.Name, type.Name, verb, needed.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)), Place(type, method));
            }
        }
    }

    /// <summary>What is wrong with [Idempotent] on a method that bears it.</summary>
    public static Violation? Place(IMethodSymbol method) =>
        method.Attribute(KnownTypes.IdempotentAttribute) is null || MayTravel(method)
            ? null
            : new(RpcDiagnostics.IdempotentElsewhere, method.Name);

    private static ISymbol Place(INamedTypeSymbol type, ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, type) ? member : type;

    // A generic interface cannot be a service itself, but those that derive from it can.
    private static bool MayTravel(IMethodSymbol method) =>
        method is { IsAbstract: true, ContainingType.TypeKind: TypeKind.Interface }
        && (method.ContainingType.IsGenericType || method.ContainingType.Attribute(KnownTypes.RpcServiceAttribute) is not null);

    private static string? InterfaceObstacle(INamedTypeSymbol type) => type switch
    {
        { IsGenericType: true } => "is generic, and a service is registered for one type; derive an interface from it for each type argument and mark that [RpcService]",
        _ when ServedInterface.IsHidden(type) => "can be named only inside another type or file; make it public or internal",
        _ when type.AllInterfaces.Any(ServedInterface.IsDisposable) =>
            "is disposable, and a caller cannot dispose of what is in another process; leave IDisposable and IAsyncDisposable to the class",
        _ when RpcServiceModel.VersionOf(type) is < 1 or > RpcServiceModel.LastVersion => "has a version that is not 1 to 65,535",
        _ when RpcServiceModel.JsonContextOf(type) is { } context && !IsJsonContext(context) =>
            $"names '{context.Name}' as its JsonContext, which does not derive from JsonSerializerContext",
        _ when ServedInterface.IsTaken(type, RpcServiceModel.NameOf(type)) =>
            $"needs the name '{RpcServiceModel.NameOf(type)}' for its generated class, but a type or namespace of that name stands beside it already; rename one of them",
        _ when ServedInterface.TwinOf(type, KnownTypes.RpcServiceAttribute) is { } twin =>
            $"needs the name '{RpcServiceModel.NameOf(type)}' for its generated class, and so does '{twin.Name}', the other [RpcService] interface in its namespace; rename one of them",
        _ => null,
    };

    private static bool IsJsonContext(INamedTypeSymbol type)
    {
        for (var declaring = type.BaseType; declaring is not null; declaring = declaring.BaseType)
        {
            if (declaring.Is(JsonContextBase))
            {
                return true;
            }
        }

        return false;
    }
}
