using Connections.Generators.Emit;

namespace Connections.Generators.Locking;

/// <summary>
/// Writes the body of a locked stream: an iterator over Core's enumerator that holds the lock either while it fetches one element and while it
/// disposes that enumerator, never while it is suspended and its consumer's loop body runs; or from its first step to its end.
/// </summary>
internal static class LockedStreamWriter
{
    /// <param name="code">Where to write.</param>
    /// <param name="method">The locked method.</param>
    /// <param name="token">The name of the parameter that is both the method's token and that of whoever enumerates.</param>
    public static void Write(CodeWriter code, LockedMethod method, string token)
    {
        var names = new Names(method);
        code.Line($"var {names.Lockable} = (global::{KnownTypes.Lockable})this;");
        if (method.HoldsEnumeration)
        {
            code.Line($"using var {names.Releaser} = {Enter(method, names, method.Timeout(), token)};");
        }

        code.Line($"global::System.Collections.Generic.IAsyncEnumerator<{method.ElementType}>? {names.Source} = null;");
        code.Open("try");
        code.Open("while (true)");
        code.Line($"{method.ElementType} {names.Item};");
        if (method.HoldsEnumeration)
        {
            code.Line($"{token}.ThrowIfCancellationRequested();");
        }

        OpenLocked(code, method, names, method.Timeout(), token);
        WriteFetch(code, method, names, token);
        CloseLocked(code, method, names);
        code.Line();
        code.Line($"yield return {names.Item};");
        code.Close();
        code.Close();
        code.Open("finally");
        code.Open($"if ({names.Source} is not null)");
        // Who abandons a stream has nothing left to wait with but patience: Core's own cleaning up needs the lock.
        OpenLocked(code, method, names, LockedText.NoTimeout, LockedText.NoToken);
        code.Line($"await {names.Source}.DisposeAsync().ConfigureAwait(false);");
        CloseLocked(code, method, names);
        code.Close();
        code.Close();
    }

    // A stream that ends or fails is disposed before the lock is released, so that nobody comes in between, and before recovery, which
    // leaves the connection as the next caller finds it.
    private static void WriteFetch(CodeWriter code, LockedMethod method, Names names, string token)
    {
        if (method.ChangesState)
        {
            code.Line($"{names.Lockable}.MarkStateChanged();");
        }

        code.Line($"var {names.More} = false;");
        code.Open("try");
        code.Line($"{names.Source} ??= {method.CoreCall()}.GetAsyncEnumerator({token});");
        code.Line($"{names.More} = await {names.Source}.MoveNextAsync().ConfigureAwait(false);");
        code.Close();
        code.Open("finally");
        code.Open($"if (!{names.More} && {names.Source} is {{ }} {names.Ended})");
        code.Line($"{names.Source} = null;");
        code.Line($"await {names.Ended}.DisposeAsync().ConfigureAwait(false);");
        code.Close();
        code.Close();
        code.Line();
        code.Open($"if (!{names.More})");
        code.Line("yield break;");
        code.Close();
        code.Line();
        code.Line($"{names.Item} = {names.Source}!.Current;");
    }

    // Each step of an iterator runs in the flow of whoever asks for it, which does not own the lock that an earlier step entered: Core's
    // own locked calls would wait for it.
    private static void OpenLocked(CodeWriter code, LockedMethod method, Names names, string timeout, string token)
    {
        if (method.HoldsEnumeration)
        {
            code.Line($"{names.Releaser}.Attach();");
        }
        else
        {
            code.Open($"using ({Enter(method, names, timeout, token)})");
        }

        code.Open("try");
    }

    private static void CloseLocked(CodeWriter code, LockedMethod method, Names names)
    {
        code.Close();
        code.Open($"catch (global::System.Exception {names.Error})");
        code.Line($"await {names.Lockable}.RecoverAsync({names.Error}).ConfigureAwait(false);");
        code.Line("throw;");
        code.Close();
        if (!method.HoldsEnumeration)
        {
            code.Close();
        }
    }

    private static string Enter(LockedMethod method, Names names, string timeout, string token) =>
        $"await {names.Lockable}.LockAsync({timeout}, {token}, {CSharpText.Literal(method.Name)}).ConfigureAwait(false)";

    private sealed class Names(LockedMethod method)
    {
        public string Lockable { get; } = method.Local("lockable");

        public string Releaser { get; } = method.Local("releaser");

        public string Source { get; } = method.Local("source");

        public string Ended { get; } = method.Local("ended");

        public string Item { get; } = method.Local("item");

        public string More { get; } = method.Local("more");

        public string Error { get; } = method.Local("error");
    }
}
