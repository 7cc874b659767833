using System.Collections.Concurrent;
using Connections.Pooling;
using Connections.Pools;

namespace Connections.Tests.Relays;

/// <summary>
/// Many callers of one pooled alias who go on calling, whatever happens, while the relay to the device is cut and mended. Half of them make
/// their calls on the alias, the others on a lease, which tells the order of service.
/// </summary>
/// <param name="device">The device, connected.</param>
/// <param name="alias">The alias of the pool.</param>
/// <param name="relay">The way to the device.</param>
/// <param name="deadline">How long a call may take, its wait for a worker included; one that takes much longer hangs.</param>
/// <param name="call">A call of a caller, by number, that checks its answer.</param>
internal sealed class CutTrial<TClient>(Device device, string alias, IRelay relay, TimeSpan deadline, Func<TClient, int, Task> call)
    where TClient : class
{
    /// <summary>How many call.</summary>
    public const int Callers = 50;

    private const int Enough = 5;

    private static readonly TimeSpan PaceAfterFailure = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SlackOfBusyMachine = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _bound = deadline + SlackOfBusyMachine;
    private readonly ConcurrentQueue<Exception> _errors = [];
    private readonly ConcurrentQueue<(long Order, long Ticket)> _grants = [];
    private volatile bool _isOver;

    /// <summary>What failed, all in all.</summary>
    public IReadOnlyCollection<Exception> Errors => _errors;

    /// <summary>The tickets of the leases, in the order in which they were granted.</summary>
    public IReadOnlyList<long> OrderOfService => [.. _grants.OrderBy(static grant => grant.Order).Select(static grant => grant.Ticket)];

    /// <summary>What the failures of a kind said.</summary>
    public IEnumerable<string> MessagesOf<TError>()
        where TError : Exception => _errors.OfType<TError>().Select(static error => error.Message);

    /// <summary>
    /// Lets all call, cuts the relay for a time under their calls, mends it, and waits until every caller was served again, and all workers
    /// are back. Throws what was no error of a connection, a call that hangs among it.
    /// </summary>
    public async Task RunAsync(TimeSpan cut)
    {
        var callers = Enumerable.Range(0, Callers).Select(static number => new Caller(number)).ToArray();
        var calling = Task.WhenAll(callers.Select(caller => Task.Run(() => CallOnAsync(caller))));

        await AllAsync(callers, static caller => caller.Served, calling);
        relay.Cut();
        using (var timer = new PeriodicTimer(cut))
        {
            await timer.WaitForNextTickAsync();
        }

        await AllAsync(callers, static caller => caller.Failed, calling);
        relay.Mend();
        foreach (var caller in callers)
        {
            caller.Served = new Countdown(Enough);
        }

        await AllAsync(callers, static caller => caller.Served, calling);
        _isOver = true;
        await calling;
        await WholeAsync(device.Connections.GetPool(alias));
    }

    private async Task CallOnAsync(Caller caller)
    {
        using var pace = new PeriodicTimer(PaceAfterFailure);
        while (!_isOver)
        {
            var served = caller.Served;
            try
            {
                await CallAsync(caller.Number).WaitAsync(_bound);
                served.Signal();
            }
            catch (Exception error) when (error is IConnectionError)
            {
                _errors.Enqueue(error);
                caller.Failed.Signal();
                await pace.WaitForNextTickAsync();
            }
            catch
            {
                _isOver = true;
                throw;
            }
        }
    }

    private async Task CallAsync(int caller)
    {
        if (caller % 2 == 0)
        {
            await call(device.Get<TClient>(alias), caller);
            return;
        }

        await using var lease = await device.LeaseAsync<TClient>(alias);
        _grants.Enqueue((lease.GrantOrder, lease.Ticket));
        await call(lease.Client, caller);
    }

    // Ends early, with what went wrong, if the callers gave up.
    private async Task AllAsync(Caller[] callers, Func<Caller, Countdown> awaited, Task calling)
    {
        var reached = Task.WhenAll(callers.Select(caller => awaited(caller).Reached));
        await await Task.WhenAny(reached, calling).WaitAsync(_bound);
    }

    private async Task WholeAsync(ConnectionPool pool)
    {
        using var limit = new CancellationTokenSource(_bound);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (pool.Statistics is var now && (now.Idle < now.Size || now.Waiting > 0))
        {
            Assert.That(limit.IsCancellationRequested, Is.False, $"The pool does not become whole again: {now}");
            await poll.WaitForNextTickAsync();
        }
    }

    private sealed class Caller(int number)
    {
        private volatile Countdown _served = new(Enough);

        public int Number => number;

        public Countdown Served
        {
            get => _served;
            set => _served = value;
        }

        public Countdown Failed { get; } = new(1);
    }

    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task Reached => _reached.Task;

        public void Signal()
        {
            if (--_left <= 0)
            {
                _reached.TrySetResult();
            }
        }
    }
}
