using System.Net;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>
/// The traces that connections ask for by the name of a file: the workers of a pool share their device's, and all devices of a file share the file, which is
/// closed with the last of them. Thread-safe.
/// </summary>
internal sealed class SharedTrace : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<string, Entry<SnmpTraceFile>> Files = new(StringComparer.Ordinal);
    private static readonly Dictionary<Key, Entry<SnmpTrace>> Traces = [];

    private readonly Key _key;
    private int _isDisposed;

    private SharedTrace(Key key) => _key = key;

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written, or it is not private.</exception>
    internal static async Task<SharedTrace> StartAsync(SnmpEngine engine, string path, IPEndPoint device, CancellationToken cancellationToken)
    {
        var key = new Key(engine, Path.GetFullPath(path), device);
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var file = Entry<SnmpTraceFile>.Of(Files, key.Path, () => SnmpTraceFile.Create(path));
            var trace = Entry<SnmpTrace>.Of(Traces, key, () => engine.StartTrace(device, file.Value));
            file.Users += trace.Users == 0 ? 1 : 0;
            trace.Users++;
            return new SharedTrace(key);
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await Gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Traces[_key].IsLast(Traces, _key, out var trace))
            {
                await trace.DisposeAsync().ConfigureAwait(false);
                if (Files[_key.Path].IsLast(Files, _key.Path, out var file))
                {
                    await file.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    private sealed record Key(SnmpEngine Engine, string Path, IPEndPoint Device);

    private sealed class Entry<T>(T value)
    {
        internal T Value { get; } = value;

        internal int Users { get; set; }

        internal static Entry<T> Of<TKey>(Dictionary<TKey, Entry<T>> entries, TKey key, Func<T> create)
            where TKey : notnull
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                entries.Add(key, entry = new Entry<T>(create()));
            }

            return entry;
        }

        internal bool IsLast<TKey>(Dictionary<TKey, Entry<T>> entries, TKey key, out T value)
            where TKey : notnull
        {
            value = Value;
            return --Users == 0 && entries.Remove(key);
        }
    }
}
