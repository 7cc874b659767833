using System.Collections.Concurrent;
using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>
/// Flows and threads that enter one lock until all have entered often enough, together and each. A seed settles what each does; the machine settles when.
/// </summary>
internal sealed class StressRun(ReentrantAsyncLock tested, int target)
{
    private const int DeepestLevel = 4;

    // A few that happen to run alone could make all entries in one go, and nobody would ever have had to wait.
    private const int LeastVisits = 200;

    private readonly ConcurrentQueue<Task> _orphans = new();
    private int[] _entriesOfFlows = [];
    private int _inside;
    private int _overlaps;
    private int _entries;
    private int _givenUp;
    private int _orphanCount;

    public int Target => target;

    public int Entries => _entries;

    public int Overlaps => _overlaps;

    /// <summary>Waits that ended by a timeout or a cancellation.</summary>
    public int GivenUp => _givenUp;

    /// <summary>Calls forked in a scope that did not wait for them.</summary>
    public int Orphans => _orphanCount;

    public IReadOnlyList<int> EntriesOfFlows => _entriesOfFlows;

    private bool IsDone => Volatile.Read(ref _entries) >= target && Array.TrueForAll(_entriesOfFlows, static visits => visits >= LeastVisits);

    public async Task RunAsync(int seed, int flows, int threads)
    {
        var random = new Random(seed);
        _entriesOfFlows = new int[flows + threads];
        var running = Enumerable.Range(0, flows).Select(flow => Start(flow, new Random(random.Next()))).ToList();
        running.AddRange(Enumerable.Range(flows, threads).Select(flow => StartThread(flow, new Random(random.Next()))));

        await Task.WhenAll(running);
        while (_orphans.TryDequeue(out var orphan))
        {
            await orphan;
        }
    }

    private Task Start(int flow, Random random) => Task.Run(async () =>
    {
        while (!IsDone)
        {
            await VisitAsync(random, level: 0);
            _entriesOfFlows[flow]++;
        }
    });

    private Task StartThread(int flow, Random random) => Flows.StartThread(() =>
    {
        while (!IsDone)
        {
            Visit(random, level: 0);
            _entriesOfFlows[flow]++;
        }
    });

    private void Visit(Random random, int level)
    {
        using (tested.Lock())
        {
            BeginSection();
            EndSection();
            if (level < DeepestLevel && random.Next(3) == 0)
            {
                Visit(random, level + 1);
            }
        }
    }

    private async Task VisitAsync(Random random, int level)
    {
        using var cancellation = new CancellationTokenSource();
        var asked = Ask(random, cancellation.Token);
        var cancelling = random.Next(10) == 0 ? Task.Run(cancellation.Cancel) : Task.CompletedTask;
        var entry = await WithoutRefusalAsync(asked);
        await cancelling;
        if (!entry.IsHeld)
        {
            return;
        }

        // Only here, before there is a child that may be inside in its stead, does an entry mean to be alone.
        BeginSection();
        if (random.Next(2) == 0)
        {
            await Task.Yield();
        }

        EndSection();
        if (level < DeepestLevel)
        {
            await GoDeeperAsync(random, level + 1);
        }

        if (random.Next(8) == 0)
        {
            await Task.Run(entry.Dispose);
        }

        // A second time for some, which must do nothing.
        entry.Dispose();
    }

    private async Task GoDeeperAsync(Random random, int level)
    {
        switch (random.Next(10))
        {
            case < 3:
                await VisitAsync(random, level);
                break;
            case 3:
                await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Fork(random, level)));
                break;
            case 4:
                Interlocked.Add(ref _orphanCount, 2);
                _orphans.Enqueue(Fork(random, level));
                _orphans.Enqueue(VisitAsync(new Random(random.Next()), level));
                break;
        }
    }

    private Task Fork(Random random, int level)
    {
        var own = new Random(random.Next());
        return Task.Run(() => VisitAsync(own, level));
    }

    // Not async, so that the flow that asks is the owner.
    private ValueTask<Releaser> Ask(Random random, CancellationToken cancellationToken) => random.Next(10) switch
    {
        0 => tested.TryLockAsync(TimeSpan.Zero, cancellationToken),
        1 => tested.TryLockAsync(TimeSpan.FromMilliseconds(1), cancellationToken),
        _ => tested.LockAsync(cancellationToken),
    };

    private async Task<Releaser> WithoutRefusalAsync(ValueTask<Releaser> asked)
    {
        try
        {
            var entry = await asked;
            if (entry.IsHeld)
            {
                return entry;
            }
        }
        catch (OperationCanceledException)
        {
            // One of the ways to give up that are counted below.
        }

        Interlocked.Increment(ref _givenUp);
        return default;
    }

    private void BeginSection()
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            Interlocked.Increment(ref _overlaps);
        }
    }

    private void EndSection()
    {
        Interlocked.Decrement(ref _inside);
        Interlocked.Increment(ref _entries);
    }
}
