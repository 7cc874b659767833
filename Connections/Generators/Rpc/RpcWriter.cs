using System.Globalization;
using Connections.Generators.Emit;

namespace Connections.Generators.Rpc;

/// <summary>Writes the classes of services, and the initializer that registers them.</summary>
internal static class RpcWriter
{
    public const string RegistrationFileName = "Connections.Rpc.Contracts.g.cs";

    private const string Rpc = "global::Connections.Native.Rpc";
    private const string Tasks = "global::System.Threading.Tasks";
    private const string NoToken = "global::System.Threading.CancellationToken.None";

    public static string Write(RpcServiceModel service)
    {
        var code = CodeWriter.ForFile(service.Warnings);
        if (service.Namespace.Length > 0)
        {
            code.Open($"namespace {service.Namespace}");
        }

        code.Line($"/// <summary>What makes <see cref=\"{service.Interface}\"/> callable from other processes.</summary>");
        code.Line(CSharpText.GeneratedCode);
        code.Open($"internal static class {service.Name}");
        foreach (var method in service.Methods)
        {
            WriteDescription(code, service, method);
        }

        WriteClient(code, service);
        code.Line();
        WriteDispatcher(code, service);
        code.CloseAll();
        return code.ToString();
    }

    /// <summary>Writes the initializer that makes the services known as soon as anything of the assembly runs.</summary>
    public static string WriteRegistration(IReadOnlyList<RpcRegistration> services)
    {
        var code = CodeWriter.ForFile(services.SelectMany(service => service.Warnings).Prepend("CA2255"));
        code.Open("namespace Connections.Native.Rpc");
        code.Line(CSharpText.GeneratedCode);
        code.Open("file static class GeneratedContracts");
        code.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        code.Open("internal static void Register()");
        foreach (var service in services)
        {
            code.Line($"{Rpc}.RpcContracts.Register<{service.Interface}>(");
            code.Continue($"{CSharpText.Literal(service.Service)},");
            code.Continue($"{service.Version.ToString(CultureInfo.InvariantCulture)},");
            code.Continue($"static binding => new {service.Generated}.Client(binding),");
            code.Continue($"static service => new {service.Generated}.Dispatcher(service));");
        }

        code.CloseAll();
        return code.ToString();
    }

    private static void WriteDescription(CodeWriter code, RpcServiceModel service, RpcMethodModel method)
    {
        code.Line($"private static readonly {Rpc}.RpcMethod<{method.ArgumentsType}, {method.ResultType}> {method.Field} = new(");
        code.Continue($"{CSharpText.Literal($"{service.Service}.{method.Name}")},");
        code.Continue($"{Id(method)},");
        code.Continue($"{(method.IsIdempotent ? "true" : "false")},");
        code.Continue($"{method.ArgumentsFormat},");
        code.Continue($"{method.ResultFormat});");
        code.Line();
    }

    private static void WriteClient(CodeWriter code, RpcServiceModel service)
    {
        code.Open($"internal sealed class Client : {service.Interface}");
        code.Line($"private readonly {Rpc}.RpcBinding _binding;");
        code.Line();
        code.Line($"public Client({Rpc}.RpcBinding binding) => _binding = binding;");
        foreach (var method in service.Methods)
        {
            code.Line();
            var parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.Nullability + parameter.Declaration));
            code.Line($"{method.ReturnType} {method.Interface}.{CSharpText.Identifier(method.Name)}({parameters})");
            code.Continue($"=> this._binding.{Call(method)}({method.Field}, {Values(method)}, {Token(method)}){(IsTask(method) ? ".AsTask()" : "")};");
        }

        code.Close();
    }

    private static void WriteDispatcher(CodeWriter code, RpcServiceModel service)
    {
        code.Open($"internal sealed class Dispatcher : {Rpc}.RpcDispatcher");
        code.Line($"private readonly {service.Interface} _service;");
        code.Line();
        code.Line($"public Dispatcher({service.Interface} service) => _service = service;");
        code.Line();
        code.Open($"public override {Tasks}.ValueTask DispatchAsync(uint method, {Rpc}.RpcCall call)");
        code.Open("switch (method)");
        foreach (var method in service.Methods)
        {
            code.Line($"case {Id(method)}:");
            var answer = method.Shape == ReturnShape.Stream ? "StreamAsync" : "AnswerAsync";
            code.Continue($"return call.{answer}({method.Field}, this._service, {Body(method)});");
        }

        code.Line("default:");
        code.Continue("return call.RefuseAsync();");
        code.Close();
        code.Close();
        code.Close();
    }

    private static string Body(RpcMethodModel method)
    {
        var service = method.IsInherited ? $"(({method.Interface})service)" : "service";
        var call = $"{service}.{CSharpText.Identifier(method.Name)}({string.Join(", ", Arguments(method))})";
        return method.Shape switch
        {
            ReturnShape.TaskOfResult => $"static (service, arguments, token) => new {Tasks}.ValueTask<{method.ResultType}>({call})",
            ReturnShape.Task or ReturnShape.ValueTask => $"static async (service, arguments, token) => {{ await {call}.ConfigureAwait(false); return default; }}",
            _ => $"static (service, arguments, token) => {call}",
        };
    }

    private static IEnumerable<string> Arguments(RpcMethodModel method)
    {
        var travelling = method.Parameters.Count - (method.HasToken ? 1 : 0);
        for (var i = 0; i < method.Parameters.Count; i++)
        {
            // What an attribute promised about null is forgotten on the way.
            var promised = method.Parameters[i].Nullability.Length > 0 ? "!" : "";
            yield return i == travelling ? "token" : (travelling == 1 ? "arguments" : $"arguments.Item{i + 1}") + promised;
        }
    }

    private static string Values(RpcMethodModel method)
    {
        var values = method.Parameters.Take(method.Parameters.Count - (method.HasToken ? 1 : 0)).Select(parameter => parameter.Name).ToList();
        return values.Count switch
        {
            0 => "default(global::System.ValueTuple)",
            1 => values[0],
            _ => $"({string.Join(", ", values)})",
        };
    }

    private static string Call(RpcMethodModel method) => method.Shape switch
    {
        ReturnShape.Stream => "StreamAsync",
        ReturnShape.Task or ReturnShape.ValueTask => "RunAsync",
        _ => "CallAsync",
    };

    private static bool IsTask(RpcMethodModel method) => method.Shape is ReturnShape.Task or ReturnShape.TaskOfResult;

    private static string Token(RpcMethodModel method) => method.HasToken ? method.Parameters[method.Parameters.Count - 1].Name : NoToken;

    private static string Id(RpcMethodModel method) => $"0x{method.Id.ToString("x8", CultureInfo.InvariantCulture)}u";
}
