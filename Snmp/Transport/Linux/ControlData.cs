namespace Connections.Snmp.Transport.Linux;

/// <summary>The control data that travel with a message (cmsg(3)); sockets here ask for one kind only, so there is at most one item of use.</summary>
internal static unsafe class ControlData
{
    internal static bool TryFirst(in MessageHeader message, out ControlHeader header, out ReadOnlySpan<byte> data)
    {
        header = default;
        data = default;
        if (message.Control is null || message.ControlLength < (nuint)sizeof(ControlHeader))
        {
            return false;
        }

        header = *(ControlHeader*)message.Control;
        if (header.Length < (nuint)sizeof(ControlHeader) || header.Length > message.ControlLength)
        {
            return false;
        }

        data = new ReadOnlySpan<byte>((byte*)message.Control + sizeof(ControlHeader), (int)header.Length - sizeof(ControlHeader));
        return true;
    }

    /// <summary>Gives the message one item of control data in <paramref name="control"/>, and returns where its content goes.</summary>
    internal static Span<byte> Write(ref MessageHeader message, byte* control, int level, int type, int size)
    {
        *(ControlHeader*)control = new ControlHeader
        {
            Length = (nuint)(sizeof(ControlHeader) + size),
            Level = level,
            Type = type,
        };
        message.Control = control;
        message.ControlLength = Aligned((nuint)(sizeof(ControlHeader) + size));
        return new Span<byte>(control + sizeof(ControlHeader), size);
    }

    private static nuint Aligned(nuint length) => (length + (nuint)sizeof(nuint) - 1) & ~((nuint)sizeof(nuint) - 1);
}
