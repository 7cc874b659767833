using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Linux;

internal sealed unsafe partial class LinuxDatagramSocket
{
    public int Receive(ReceiveBatch batch)
    {
        var used = _reportsLocalAddress ? batch.Capacity : batch.Used;
        var messages = batch.Messages;
        batch.Count = 0;
        while (true)
        {
            Prepare(messages, used);
            var count = Libc.ReceiveMessages(_handle, messages.Headers, (uint)messages.Capacity, Libc.MSG_DONTWAIT, null);
            if (count >= 0)
            {
                batch.Count = batch.Used = count;
                if (_reportsLocalAddress)
                {
                    ReadLocalAddresses(messages, count);
                }

                return count;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.EAGAIN:
                    return 0;

                // The pending ICMP error of an earlier datagram: reported once, here or to a sender, then cleared. What it
                // says is read from the error queue.
                case Libc.EINTR or Libc.ECONNREFUSED or Libc.EHOSTUNREACH or Libc.ENETUNREACH or Libc.EHOSTDOWN
                    or Libc.EMSGSIZE or Libc.EACCES or Libc.ENETDOWN or Libc.ENOMEM or Libc.ENOBUFS:
                    _hasErrors = true;
                    continue;

                case var errno:
                    throw Failed("recvmmsg", errno);
            }
        }
    }

    /// <summary>The kernel overwrites lengths and flags of the messages that it returns.</summary>
    private void Prepare(MessageVector messages, int used)
    {
        for (var i = 0; i < used; i++)
        {
            ref var header = ref messages.Headers[i].Header;
            header.NameLength = (uint)sizeof(DatagramEndPoint);
            header.Flags = 0;
            if (!_reportsLocalAddress)
            {
                continue;
            }

            header.Control = messages.Control + i * MessageVector.ControlSize;
            header.ControlLength = MessageVector.ControlSize;
        }
    }

    private static void ReadLocalAddresses(MessageVector messages, int count)
    {
        for (var i = 0; i < count; i++)
        {
            messages.Locals[i] = PacketInfo.Read(in messages.Headers[i].Header);
        }
    }
}
