using Connections.Generators.Emit;

namespace Connections.Generators.Locking;

/// <summary>Writes the other part of a class: the bodies of its locked methods.</summary>
internal static class LockedWriter
{
    private const string EnumeratorCancellation = "[global::System.Runtime.CompilerServices.EnumeratorCancellation] ";

    public static string Write(PartialClass type, IReadOnlyList<LockedMethod> methods)
    {
        var code = CodeWriter.ForFile(methods.SelectMany(method => method.Warnings));
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
        var forwards = Forwards(method);
        var keyword = method.Shape.OutlivesCall() && !forwards ? "async " : "";
        var parameters = string.Join(", ", method.Parameters.Select(parameter => Declaration(method, parameter, forwards)));
        var modifiers = method.Modifiers.Length == 0 ? "" : method.Modifiers + " ";

        code.Line(CSharpText.GeneratedCode);
        code.Line($"{modifiers}{keyword}partial {method.ReturnType} {CSharpText.Identifier(method.Name)}{method.TypeParameterList()}({parameters})");
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
            WriteBody(code, method, method.Token?.Name ?? LockedText.NoToken);
        }

        code.Close();
    }

    /// <summary>
    /// Whether the work is done by a local function. An async method cannot take an argument by reference, not even a read-only one; and a
    /// stream declared without a token still has to hear the one of whoever enumerates it.
    /// </summary>
    private static bool Forwards(LockedMethod method) =>
        (method.Shape.OutlivesCall() && method.Parameters.Any(parameter => parameter.Modifiers.Contains("in ")))
        || (method.Shape == ReturnShape.Stream && method.Token is null);

    private static void WriteForwarded(CodeWriter code, LockedMethod method)
    {
        var name = method.Local("lockedAsync");
        code.Line($"return {name}({string.Join(", ", method.Parameters.Select(parameter => parameter.Value))});");
        code.Line();
        var parameters = method.Parameters
            .Select(parameter => $"{(IsEnumeratorToken(method, parameter) ? EnumeratorCancellation : "")}{parameter.Nullability}{parameter.Type} {parameter.Name}")
            .ToList();
        var token = method.Token?.Name ?? LockedText.NoToken;
        if (method.Shape == ReturnShape.Stream && method.Token is null)
        {
            token = method.Local("cancellationToken");
            parameters.Add($"{EnumeratorCancellation}global::{KnownTypes.CancellationToken} {token} = default");
        }

        code.Open($"async {method.ReturnType} {name}({string.Join(", ", parameters)})");
        WriteBody(code, method, token);
        code.Close();
    }

    // The attributes of both parts count, and this one may stand there only once.
    private static string Declaration(LockedMethod method, ParameterModel parameter, bool forwards) =>
        IsEnumeratorToken(method, parameter) && !parameter.IsEnumeratorToken && !forwards
            ? EnumeratorCancellation + parameter.Declaration
            : parameter.Declaration;

    private static bool IsEnumeratorToken(LockedMethod method, ParameterModel parameter) =>
        method.Shape == ReturnShape.Stream && ReferenceEquals(parameter, method.Token);

    private static void WriteBody(CodeWriter code, LockedMethod method, string token)
    {
        if (method.Shape == ReturnShape.Stream)
        {
            LockedStreamWriter.Write(code, method, token);
        }
        else
        {
            WriteCall(code, method, token);
        }
    }

    private static void WriteCall(CodeWriter code, LockedMethod method, string token)
    {
        var isAsync = method.Shape.IsAsync();
        var (lockable, releaser, error) = (method.Local("lockable"), method.Local("releaser"), method.Local("error"));
        var (awaits, suffix, completed) = isAsync ? ("await ", "Async", ".ConfigureAwait(false)") : ("", "", "");
        var returns = method.Shape.HasResult() ? "return " : "";

        code.Line($"var {lockable} = (global::{KnownTypes.Lockable})this;");
        code.Line($"using var {releaser} = {awaits}{lockable}.Lock{suffix}({method.Timeout()}, {token}, {CSharpText.Literal(method.Name)}){completed};");
        if (method.ChangesState)
        {
            code.Line($"{lockable}.MarkStateChanged();");
        }

        code.Open("try");
        code.Line($"{returns}{awaits}{method.CoreCall()}{completed};");
        code.Close();
        code.Open($"catch (global::System.Exception {error})");
        code.Line($"{awaits}{lockable}.Recover{suffix}({error}){completed};");
        code.Line("throw;");
        code.Close();
    }
}
