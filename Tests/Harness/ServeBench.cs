using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;

namespace Connections.Harness.Tests;

/// <summary>What the processes of a service do in these tests.</summary>
[RpcService]
public interface IServeBench
{
    Task<int> WhoAsync(CancellationToken cancellationToken = default);

    Task<int> WaitForAsync(string file, CancellationToken cancellationToken = default);

    Task<int> GrowAsync(int mebibytes, CancellationToken cancellationToken = default);

    IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken = default);

    Task FailAsync(string message, CancellationToken cancellationToken = default);
}

/// <summary>Serves an <see cref="IServeBench"/>.</summary>
public sealed class ServeBenchModule : IServiceModule, IServeBench
{
    private byte[] _ballast = [];

    public void AddTo(RpcServices services)
    {
        Console.WriteLine("the bench is ready");
        services.Add<IServeBench>(this);
    }

    public Task<int> WhoAsync(CancellationToken cancellationToken) => Task.FromResult(Environment.ProcessId);

    /// <summary>Ends once a file is there.</summary>
    public async Task<int> WaitForAsync(string file, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(file))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return Environment.ProcessId;
    }

    public IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken) => Enumerable.Range(0, count).ToAsyncEnumerable();

    public Task FailAsync(string message, CancellationToken cancellationToken) => throw new InvalidDataException(message);

    public Task<int> GrowAsync(int mebibytes, CancellationToken cancellationToken)
    {
        _ballast = new byte[mebibytes << 20];
        Array.Fill(_ballast, (byte)1);
        return Task.FromResult(Environment.ProcessId);
    }
}
