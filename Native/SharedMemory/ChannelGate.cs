using System.Runtime.CompilerServices;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Tells whether somebody uses one side of a channel, so that a second one is refused, and the memory stays until he has gone out.
/// </summary>
/// <remarks>
/// Going in and out are plain writes: an atomic step would wait until the other process has given up the cache line that was written last, which
/// more than halves what a ring carries. Two who go in within the same few nanoseconds are therefore not told; that they must not is theirs to
/// see to. Who closes the channel pays for all, by a fence for the whole process between his mark and his look at the gates.
/// </remarks>
internal struct ChannelGate
{
    private bool _isBusy;

    public readonly bool IsBusy => Volatile.Read(in _isBusy);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter()
    {
        if (_isBusy)
        {
            return false;
        }

        Volatile.Write(ref _isBusy, true);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => Volatile.Write(ref _isBusy, false);
}
