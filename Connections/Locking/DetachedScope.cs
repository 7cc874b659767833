namespace Connections.Locking;

/// <summary>
/// A scope in which the flow owns nothing: see <see cref="ReentrantAsyncLock.Detach"/>. Ends, and gives back what the flow owned, when
/// disposed by the method that made it.
/// </summary>
public readonly ref struct DetachedScope
{
    private readonly AmbientFrame? _outer;

    private DetachedScope(AmbientFrame? outer) => _outer = outer;

    /// <summary>Gives the flow back what it owned.</summary>
    public void Dispose() => AmbientFrame.Current = _outer;

    internal static DetachedScope Enter()
    {
        var scope = new DetachedScope(AmbientFrame.Current);
        AmbientFrame.Current = null;
        return scope;
    }
}
