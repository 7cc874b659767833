using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory.Doorbells;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.Sync;

namespace Connections.Native.SharedMemory;

// How either side of a channel waits: what was announced is withdrawn, whatever ended the wait, and who has waited looks why.
public sealed partial class SharedChannel
{
    // Looked at after the announcement, so that whoever ends the channel either is seen here or sees the announcement.
    private bool HasToLook => _isPeerGone || _isDisposed || _failure is not null;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ParkAsync<TCondition>(Waiting waiting, ParkingWord word, TCondition condition, CancellationToken cancellationToken)
        where TCondition : struct, ISpinCondition
    {
        var wait = waiting.Begin();
        word.AnnounceAwait();
        using (cancellationToken.UnsafeRegister(static waiting => ((Waiting)waiting!).End(), waiting))
        {
            if (condition.IsMet || HasToLook)
            {
                waiting.End();
            }

            await wait.ConfigureAwait(false);
        }

        word.Withdraw();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Sleep<TCondition>(ParkingWord word, TCondition condition, long deadline, CancellationToken cancellationToken)
        where TCondition : struct, ISpinCondition
    {
        word.AnnounceSleep();
        if (!condition.IsMet && !HasToLook && !cancellationToken.IsCancellationRequested)
        {
            word.Sleep(deadline);
        }

        word.Withdraw();
        cancellationToken.ThrowIfCancellationRequested();
    }

    // Both, since a thread that looks once in vain does no harm.
    private CancellationTokenRegistration WakeWhenCancelled(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static channel => ((SharedChannel)channel!).WakeSleepers(), this);

    private static void ValidateTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        }
    }
}
