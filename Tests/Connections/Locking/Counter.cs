using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>A number that loses updates unless those who add to it exclude each other.</summary>
internal sealed class Counter
{
    public int Value { get; private set; }

    /// <summary>Adds one, so many times, and each time enters the lock, reads, yields and writes.</summary>
    public async Task AddAsync(ReentrantAsyncLock @lock, int times)
    {
        for (var time = 0; time < times; time++)
        {
            using (await @lock.LockAsync())
            {
                var read = Value;
                await Task.Yield();
                Value = read + 1;
            }
        }
    }
}
