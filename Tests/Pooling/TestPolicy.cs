using System.Collections.Concurrent;

namespace Connections.Pooling.Tests;

/// <summary>A worker that knows whether it still exists.</summary>
internal sealed class TestWorker(int id)
{
    public int Id { get; } = id;

    public bool Destroyed { get; set; }

    public bool Broken { get; set; }

    public bool IsChanged { get; set; }
}

/// <summary>A policy whose every step a test can replace, and which counts the workers that exist or are being made.</summary>
internal sealed class TestPolicy : IWorkerPolicy<TestWorker>
{
    private int _attempts;
    private int _existing;
    private int _mostExisting;

    public Func<int, CancellationToken, ValueTask>? OnCreate { get; set; }

    public Func<TestWorker, ValueTask<bool>>? OnValidate { get; set; }

    public Func<TestWorker, ValueTask<bool>>? OnReset { get; set; }

    public Func<TestWorker, Task>? OnDestroy { get; set; }

    public ConcurrentQueue<TestWorker> Created { get; } = new();

    public ConcurrentQueue<TestWorker> Destroyed { get; } = new();

    public int Attempts => Volatile.Read(ref _attempts);

    public int Existing => Volatile.Read(ref _existing);

    public int MostExisting => Volatile.Read(ref _mostExisting);

    public async ValueTask<TestWorker> CreateAsync(CancellationToken cancellationToken)
    {
        var attempt = Interlocked.Increment(ref _attempts);
        Raise(Interlocked.Increment(ref _existing));
        try
        {
            if (OnCreate is not null)
            {
                await OnCreate(attempt, cancellationToken);
            }

            var worker = new TestWorker(attempt);
            Created.Enqueue(worker);
            return worker;
        }
        catch
        {
            Interlocked.Decrement(ref _existing);
            throw;
        }
    }

    public ValueTask<bool> ValidateAsync(TestWorker worker, CancellationToken cancellationToken) =>
        OnValidate?.Invoke(worker) ?? new ValueTask<bool>(!worker.Broken);

    public ValueTask<bool> ResetAsync(TestWorker worker, CancellationToken cancellationToken) =>
        OnReset?.Invoke(worker) ?? new ValueTask<bool>(!worker.Broken);

    public async ValueTask DestroyAsync(TestWorker worker)
    {
        Assert.That(worker.Destroyed, Is.False, "A worker is destroyed once.");
        worker.Destroyed = true;
        if (OnDestroy is not null)
        {
            await OnDestroy(worker);
        }

        Interlocked.Decrement(ref _existing);
        Destroyed.Enqueue(worker);
    }

    private void Raise(int existing)
    {
        var most = MostExisting;
        while (existing > most)
        {
            most = Interlocked.CompareExchange(ref _mostExisting, existing, most) is var seen && seen == most ? existing : seen;
        }
    }
}
