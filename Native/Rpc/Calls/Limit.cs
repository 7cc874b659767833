namespace Connections.Native.Rpc.Calls;

/// <summary>A token that ends with a deadline or with another token.</summary>
internal readonly struct Limit : IDisposable
{
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _both;

    private Limit(CancellationTokenSource? timer, CancellationTokenSource? both, CancellationToken token)
    {
        _timer = timer;
        _both = both;
        Token = token;
    }

    /// <summary>The token.</summary>
    public CancellationToken Token { get; }

    /// <summary>Makes one.</summary>
    public static Limit Of(Deadline deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        if (deadline.IsNever)
        {
            return new Limit(null, null, cancellationToken);
        }

        var timer = new CancellationTokenSource(deadline.Remaining, time);
        var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        return new Limit(timer, both, both.Token);
    }

    public void Dispose()
    {
        _both?.Dispose();
        _timer?.Dispose();
    }
}
