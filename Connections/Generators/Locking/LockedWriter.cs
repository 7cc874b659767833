using System.Globalization;
using Connections.Generators.Emit;

namespace Connections.Generators.Locking;

/// <summary>Writes the other part of a class: the bodies of its locked methods.</summary>
internal static class LockedWriter
{
    private const string CancellationToken = "global::System.Threading.CancellationToken";

    public static string Write(PartialClass type, IEnumerable<LockedMethod> methods)
    {
        var code = CodeWriter.ForFile();
        if (type.Namespace.Length > 0)
        {
            code.Open($"namespace {type.Namespace}");
        }

        foreach (var head in type.Heads)
        {
            code.Open(head);
        }

        var first = true;
        foreach (var method in methods)
        {
            if (!first)
            {
                code.Line();
            }

            first = false;
            WriteMethod(code, method);
        }

        code.CloseAll();
        return code.ToString();
    }

    private static void WriteMethod(CodeWriter code, LockedMethod method)
    {
        // An async method cannot take an argument by reference, not even a read-only one; a local function takes the value.
        var forwards = method.Shape.IsAsync() && method.Parameters.Any(parameter => parameter.Modifiers.Contains("in "));
        var keyword = method.Shape.IsAsync() && !forwards ? "async " : "";
        var typeParameters = CSharpText.TypeParameterList(method.TypeParameters.Select(parameter => parameter.Name));
        var parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.Declaration));
        var modifiers = method.Modifiers.Length == 0 ? "" : method.Modifiers + " ";

        code.Line(CSharpText.GeneratedCode);
        code.Line($"{modifiers}{keyword}partial {method.ReturnType} {CSharpText.Identifier(method.Name)}{typeParameters}({parameters})");
        foreach (var parameter in method.TypeParameters.Where(parameter => parameter.Constraint.Length > 0))
        {
            code.Continue(parameter.Constraint);
        }

        code.Open();
        if (forwards)
        {
            WriteForwarded(code, method);
        }
        else
        {
            WriteBody(code, method);
        }

        code.Close();
    }

    private static void WriteForwarded(CodeWriter code, LockedMethod method)
    {
        var name = method.Local("lockedAsync");
        code.Line($"return {name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Name))});");
        code.Line();
        var parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        code.Open($"async {method.ReturnType} {name}({parameters})");
        WriteBody(code, method);
        code.Close();
    }

    private static void WriteBody(CodeWriter code, LockedMethod method)
    {
        var isAsync = method.Shape.IsAsync();
        var (lockable, releaser, error) = (method.Local("lockable"), method.Local("releaser"), method.Local("error"));
        var (awaits, suffix, completed) = isAsync ? ("await ", "Async", ".ConfigureAwait(false)") : ("", "", "");
        var token = method.Parameters.LastOrDefault(parameter => parameter.IsCancellationToken)?.Name ?? $"{CancellationToken}.None";
        var returns = method.Shape.HasResult() ? "return " : "";

        code.Line($"var {lockable} = (global::{KnownTypes.Lockable})this;");
        code.Line($"using var {releaser} = {awaits}{lockable}.Lock{suffix}({Timeout(method)}, {token}, {CSharpText.Literal(method.Name)}){completed};");
        code.Open("try");
        code.Line($"{returns}{awaits}{Core(method)}{completed};");
        code.Close();
        code.Open($"catch (global::System.Exception {error})");
        code.Line($"{awaits}{lockable}.Recover{suffix}({error}){completed};");
        code.Line("throw;");
        code.Close();
    }

    private static string Core(LockedMethod method)
    {
        var typeArguments = CSharpText.TypeParameterList(method.TypeParameters.Select(parameter => parameter.Name));
        var arguments = string.Join(", ", method.Parameters.Select(parameter => parameter.Argument));
        return $"this.{CSharpText.Identifier(method.CoreName)}{typeArguments}({arguments})";
    }

    private static string Timeout(LockedMethod method) => method.TimeoutMs < 0
        ? "global::System.Threading.Timeout.InfiniteTimeSpan"
        : string.Format(CultureInfo.InvariantCulture, "global::System.TimeSpan.FromMilliseconds({0})", method.TimeoutMs);

    /// <summary>A name for a local that no parameter of the method bears.</summary>
    private static string Local(this LockedMethod method, string name)
    {
        while (method.Parameters.Any(parameter => parameter.Name == name))
        {
            name += "_";
        }

        return name;
    }
}
