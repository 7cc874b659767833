using System.Runtime.CompilerServices;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Lets one user at a time in to one side of a channel, and tells whether one is inside. Going in is a full fence; going out is not.
/// </summary>
internal struct ChannelGate
{
    private int _isBusy;

    public readonly bool IsBusy => Volatile.Read(in _isBusy) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter() => Interlocked.Exchange(ref _isBusy, 1) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => Volatile.Write(ref _isBusy, 0);
}
