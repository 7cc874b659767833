namespace Connections.Native.Rpc.Wire;

/// <summary>The numbers that both sides know.</summary>
internal static class Protocol
{
    /// <summary>The version of the frames themselves, sent in <see cref="FrameKind.Hello"/> as its argument: letters and a number.</summary>
    public const uint Version = 0x434E_0001;

    /// <summary>How many elements of a stream a server may send before the client asks for more.</summary>
    public const int StreamWindow = 32;

    /// <summary>How many calls one connection may have begun and not ended.</summary>
    public const int MostCalls = 4096;
}
