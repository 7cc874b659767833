namespace Connections.Generators.Tests;

/// <summary>The least that generated code speaks to, written so that a snippet can tell what happened to it, and in which order.</summary>
internal static class Contracts
{
    public const string Source = """
        namespace Connections.Locking
        {
            public interface ILockable
            {
                ValueTask<Releaser> LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member);
                Releaser Lock(TimeSpan timeout, CancellationToken cancellationToken, string member);
                ValueTask RecoverAsync(Exception error);
                void Recover(Exception error);
                void MarkStateChanged() { }
            }

            public readonly struct Releaser(Action release) : IDisposable
            {
                public void Attach() { }
                public void Dispose() => release();
            }
        }

        namespace Connections.Pools
        {
            /// <summary>A pool of one worker that only keeps a log.</summary>
            public class ConnectionPool<TClient>(TClient worker, List<string> log) where TClient : class
            {
                public ValueTask<TResult> RunAsync<TState, TResult>(
                    TState state, Func<TClient, TState, CancellationToken, ValueTask<TResult>> body, CancellationToken cancellationToken, string member) =>
                    RunAsync(state, body, "", cancellationToken, member);

                public ValueTask<TResult> RunChangingStateAsync<TState, TResult>(
                    TState state, Func<TClient, TState, CancellationToken, ValueTask<TResult>> body, CancellationToken cancellationToken, string member) =>
                    RunAsync(state, body, " to change", cancellationToken, member);

                private async ValueTask<TResult> RunAsync<TState, TResult>(
                    TState state, Func<TClient, TState, CancellationToken, ValueTask<TResult>> body, string purpose, CancellationToken cancellationToken, string member)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    log.Add($"lease {member}{purpose}");
                    try
                    {
                        return await body(worker, state, cancellationToken);
                    }
                    finally
                    {
                        log.Add("return");
                    }
                }
            }

            public static class PoolFacades
            {
                private static readonly Dictionary<Type, Delegate> Facades = [];

                public static void Register<TClient>(Func<ConnectionPool<TClient>, TClient> create) where TClient : class =>
                    Facades.Add(typeof(TClient), create);

                public static TClient Create<TClient>(ConnectionPool<TClient> pool) where TClient : class =>
                    ((Func<ConnectionPool<TClient>, TClient>)Facades[typeof(TClient)])(pool);
            }
        }

        /// <summary>A lockable that only keeps a log.</summary>
        public abstract class Logged : ILockable
        {
            public List<string> Log { get; } = [];

            public override string ToString() => string.Join("; ", Log);

            ValueTask<Releaser> ILockable.LockAsync(TimeSpan timeout, CancellationToken cancellationToken, string member) =>
                new(((ILockable)this).Lock(timeout, cancellationToken, member));

            Releaser ILockable.Lock(TimeSpan timeout, CancellationToken cancellationToken, string member)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var wait = timeout == Timeout.InfiniteTimeSpan ? "" : $" within {timeout.TotalMilliseconds} ms";
                Log.Add($"lock {member}{wait}");
                return new Releaser(() => Log.Add("release"));
            }

            async ValueTask ILockable.RecoverAsync(Exception error)
            {
                await Task.Yield();
                Log.Add($"recover async from {error.Message}");
            }

            void ILockable.Recover(Exception error) => Log.Add($"recover from {error.Message}");

            void ILockable.MarkStateChanged() => Log.Add("changed");
        }
        """;
}
