using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Linux;

internal sealed unsafe partial class LinuxDatagramSocket
{
    [InlineArray(512)]
    private struct ErrorControl
    {
        private byte _first;
    }

    public bool TryReceiveError(Span<byte> original, out DatagramError error)
    {
        error = default;
        if (!_hasErrors)
        {
            return false;
        }

        var control = new ErrorControl();
        var name = default(DatagramEndPoint);
        fixed (byte* octets = original)
        {
            var vector = new IoVector { Base = octets, Length = (nuint)original.Length };
            var message = new MessageHeader
            {
                Name = &name,
                NameLength = (uint)sizeof(DatagramEndPoint),
                Vectors = &vector,
                VectorCount = 1,
                Control = &control,
                ControlLength = (nuint)sizeof(ErrorControl),
            };
            var length = ReceiveError(&message);
            if (length < 0)
            {
                _hasErrors = false;
                return false;
            }

            error = new DatagramError(name, KindOf(in message), Math.Min((int)length, original.Length));
            return true;
        }
    }

    private nint ReceiveError(MessageHeader* message)
    {
        while (true)
        {
            var length = Libc.ReceiveMessage(_handle, message, Libc.MSG_ERRQUEUE | Libc.MSG_DONTWAIT);
            if (length >= 0 || Marshal.GetLastPInvokeError() != Libc.EINTR)
            {
                return length;
            }
        }
    }

    private static DatagramErrorKind KindOf(in MessageHeader message)
    {
        if (!ControlData.TryFirst(in message, out var header, out var data) || data.Length < sizeof(ExtendedError))
        {
            return DatagramErrorKind.Other;
        }

        var isError = (header.Level, header.Type) is (Libc.IPPROTO_IP, Libc.IP_RECVERR) or (Libc.IPPROTO_IPV6, Libc.IPV6_RECVERR);
        if (!isError)
        {
            return DatagramErrorKind.Other;
        }

        return MemoryMarshal.Read<ExtendedError>(data).Errno switch
        {
            Libc.ECONNREFUSED => DatagramErrorKind.PortUnreachable,
            Libc.EHOSTUNREACH or Libc.EHOSTDOWN => DatagramErrorKind.HostUnreachable,
            Libc.ENETUNREACH or Libc.ENETDOWN => DatagramErrorKind.NetworkUnreachable,
            Libc.EMSGSIZE => DatagramErrorKind.TooLarge,
            _ => DatagramErrorKind.Other,
        };
    }
}
