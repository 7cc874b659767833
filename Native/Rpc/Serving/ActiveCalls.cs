using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Serving;

/// <summary>The calls of one client that are waiting or being served. Thread-safe.</summary>
internal sealed class ActiveCalls
{
    private readonly Lock _mutex = new();
    private readonly Dictionary<uint, RpcCall> _calls = [];
    private readonly Stack<RpcCall> _spare = new();
    private TaskCompletionSource? _idle;

    /// <summary>Takes in a call.</summary>
    /// <exception cref="RpcProtocolException">There is one of this number, or there are too many.</exception>
    public RpcCall Add(ServerConnection connection, uint id)
    {
        lock (_mutex)
        {
            if (_calls.Count >= Protocol.MostCalls || _calls.ContainsKey(id))
            {
                throw new RpcProtocolException(
                    _calls.ContainsKey(id) ? $"A client calls twice by the number {id:x8}." : $"A client has begun {Protocol.MostCalls} calls, which is the most it may.");
            }

            var call = _spare.TryPop(out var spare) ? spare : new RpcCall(connection);
            _calls.Add(id, call);
            return call;
        }
    }

    /// <summary>A call has been answered.</summary>
    public void Remove(RpcCall call)
    {
        lock (_mutex)
        {
            _calls.Remove(call.Frame.Call);
            call.End();
            _spare.Push(call);
            if (_calls.Count == 0)
            {
                _idle?.TrySetResult();
            }
        }
    }

    /// <summary>Tells a call that nobody waits for it; nothing happens if it has ended.</summary>
    public void Cancel(uint id)
    {
        CancellationTokenSource? cancellation;
        lock (_mutex)
        {
            cancellation = _calls.TryGetValue(id, out var call) ? call.TakeCancellation() : null;
        }

        // What the implementation does when it hears of it is not to hold up who receives.
        _ = cancellation?.CancelAsync();
    }

    /// <summary>Tells all calls.</summary>
    public void CancelAll()
    {
        List<CancellationTokenSource> all;
        lock (_mutex)
        {
            all = [.. _calls.Values.Select(static call => call.TakeCancellation())];
        }

        all.ForEach(static cancellation => _ = cancellation.CancelAsync());
    }

    /// <summary>Lets so many more elements of a stream be sent; nothing happens if it has ended.</summary>
    /// <exception cref="RpcProtocolException">It is no stream, or that is too many.</exception>
    public void Grant(uint id, uint count)
    {
        lock (_mutex)
        {
            if (_calls.TryGetValue(id, out var call))
            {
                call.Grant(count);
            }
        }
    }

    /// <summary>Completes when there is none.</summary>
    public Task WhenIdleAsync()
    {
        lock (_mutex)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_calls.Count == 0)
            {
                _idle.TrySetResult();
            }

            return _idle.Task;
        }
    }
}
