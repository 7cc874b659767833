using System.Runtime.InteropServices;
using Connections.Native.SharedMemory.Rings;

namespace Connections.Native.SharedMemory;

/// <summary>What a listener sends to one who connects, with the descriptor of their memory. Any of it may be false.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ChannelOffer
{
    private const ulong Magic = 0x4C_4E_48_43_4E_4E_4F_43;
    private const uint LayoutVersion = 1;

    private readonly ulong _magic;
    private readonly uint _version;
    private readonly uint _capacity;
    private readonly uint _maximumMessageLength;
    private readonly uint _zero;

    public ChannelOffer(SharedChannelOptions options)
    {
        _magic = Magic;
        _version = LayoutVersion;
        _capacity = (uint)options.Capacity;
        _maximumMessageLength = (uint)options.MaximumMessageLength;
    }

    public int Capacity => (int)_capacity;

    public int MaximumMessageLength => (int)_maximumMessageLength;

    /// <summary>What is wrong with it for one who connects with these options; null if it can be accepted.</summary>
    public string? FindFault(SharedChannelOptions options) => this switch
    {
        { _magic: not Magic } => "it does not speak as a channel does",
        { _version: not LayoutVersion } => $"its channels have version {_version}, and those of this process have version {LayoutVersion}; run both with the same version of this library",
        _ when !RingLayout.IsCapacity(_capacity) => $"its channels hold {_capacity} bytes, which is no capacity",
        _ when _maximumMessageLength > (uint)options.MaximumMessageLength =>
            $"it may send messages of {_maximumMessageLength} bytes, and this process takes at most {options.MaximumMessageLength}; set {nameof(SharedChannelOptions.MaximumMessageLength)} alike",
        _ => null,
    };
}
