using Connections;
using Connections.Locking;

namespace Package.Tests;

/// <summary>Loses counts unless its callers take turns.</summary>
public sealed partial class CounterConnection(ConnectionSettings settings) : BaseConnection(settings)
{
    private int _count;

    [Locked]
    public partial Task<int> CountAsync(CancellationToken cancellationToken = default);

    protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> CountCoreAsync(CancellationToken cancellationToken)
    {
        EnsureConnected();
        var count = _count;
        await Task.Yield();
        return _count = count + 1;
    }
}
