using Connections.Generators.Emit;

namespace Connections.Generators.Pools;

/// <summary>Writes facades, and the initializer that registers them.</summary>
internal static class PooledWriter
{
    public const string RegistrationFileName = "Connections.Pools.Facades.g.cs";

    private const string Tasks = "global::System.Threading.Tasks";

    public static string Write(PooledFacade facade)
    {
        var code = CodeWriter.ForFile(facade.Warnings);
        if (facade.Namespace.Length > 0)
        {
            code.Open($"namespace {facade.Namespace}");
        }

        var pool = $"global::Connections.Pools.ConnectionPool<{facade.Interface}>";
        code.Line($"/// <summary>A pool of workers that looks like one <see cref=\"{facade.Interface}\"/>: each call leases a worker for its own length.</summary>");
        code.Line(CSharpText.GeneratedCode);
        code.Open($"internal sealed class {facade.Name} : {facade.Interface}");
        code.Line($"private readonly {pool} _pool;");
        code.Line();
        code.Line($"public {facade.Name}({pool} pool) => _pool = pool;");
        foreach (var method in facade.Methods)
        {
            code.Line();
            WriteMethod(code, method);
        }

        code.CloseAll();
        return code.ToString();
    }

    /// <summary>Writes the initializer that makes the facades known as soon as anything of the assembly runs.</summary>
    public static string WriteRegistration(IReadOnlyList<FacadeRegistration> facades)
    {
        var code = CodeWriter.ForFile(facades.SelectMany(facade => facade.Warnings).Prepend("CA2255"));
        code.Open("namespace Connections.Pools");
        code.Line(CSharpText.GeneratedCode);
        code.Open("file static class GeneratedFacades");
        code.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        code.Open("internal static void Register()");
        foreach (var facade in facades)
        {
            code.Line($"global::Connections.Pools.PoolFacades.Register<{facade.Interface}>(static pool => new {facade.Facade}(pool));");
        }

        code.CloseAll();
        return code.ToString();
    }

    private static void WriteMethod(CodeWriter code, PooledMethod method)
    {
        var typeParameters = TypeParameterList(method);
        var parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.Nullability + parameter.Declaration));
        code.Line($"{method.ReturnType} {method.Interface}.{CSharpText.Identifier(method.Name)}{typeParameters}({parameters})");
        foreach (var parameter in method.TypeParameters)
        {
            code.Continue(parameter.Constraint);
        }

        var (before, after) = Conversion(method.Shape);
        code.Continue($"=> {before}this._pool.{(method.ChangesState ? "RunChangingStateAsync" : "RunAsync")}(");
        code.Continue($"{State(method)},", depth: 2);
        code.Continue($"{Body(method)},", depth: 2);
        code.Continue($"{Token(method)?.Name ?? "global::System.Threading.CancellationToken.None"},", depth: 2);
        code.Continue($"{CSharpText.Literal(method.Name)}){after};", depth: 2);
    }

    // The ValueTask of an async method that had to wait stands for a Task already, which AsTask hands out.
    private static (string Before, string After) Conversion(ReturnShape shape) => shape switch
    {
        ReturnShape.ValueTaskOfResult => ("", ""),
        ReturnShape.ValueTask => ($"new {Tasks}.ValueTask(", ".AsTask())"),
        _ => ("", ".AsTask()"),
    };

    private static string Body(PooledMethod method)
    {
        var client = method.IsInherited ? $"(({method.Interface})client)" : "client";
        var call = $"{client}.{CSharpText.Identifier(method.Name)}{TypeParameterList(method)}({string.Join(", ", Arguments(method))})";
        var body = method.Shape switch
        {
            ReturnShape.ValueTaskOfResult => call,
            ReturnShape.TaskOfResult => $"new {Tasks}.ValueTask{method.ReturnType.Substring(method.ReturnType.IndexOf('<'))}({call})",
            _ => $"{{ await {call}.ConfigureAwait(false); return true; }}",
        };
        var modifiers = method.Shape.HasResult() ? "static" : "static async";
        return $"{modifiers} (client, state, token) => {body}";
    }

    private static string State(PooledMethod method)
    {
        var values = method.Parameters.Where(parameter => parameter != Token(method)).Select(parameter => parameter.Value).ToList();
        return values.Count switch
        {
            0 => "default(global::System.ValueTuple)",
            1 => values[0],
            _ => $"({string.Join(", ", values)})",
        };
    }

    private static IEnumerable<string> Arguments(PooledMethod method)
    {
        var token = Token(method);
        var single = method.Parameters.Count(parameter => parameter != token) == 1;
        var item = 0;
        foreach (var parameter in method.Parameters)
        {
            // What an attribute promised about null is forgotten on the way through the state.
            var promised = parameter.Nullability.Length > 0 ? "!" : "";
            yield return parameter == token ? "token" : (single ? "state" : $"state.Item{++item}") + promised;
        }
    }

    /// <summary>The parameter whose token cancels the wait for a worker as well as the call.</summary>
    private static ParameterModel? Token(PooledMethod method) =>
        method.Parameters.LastOrDefault(parameter => parameter.IsCancellationToken);

    private static string TypeParameterList(PooledMethod method) =>
        CSharpText.TypeParameterList(method.TypeParameters.Select(parameter => parameter.Name));
}
