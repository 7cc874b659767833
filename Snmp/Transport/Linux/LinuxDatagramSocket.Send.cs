using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Linux;

internal sealed unsafe partial class LinuxDatagramSocket
{
    private const int PendingErrorLimit = 8;

    public int Send(SendBatch batch)
    {
        var messages = batch.Messages;
        for (var i = 0; i < batch.Count; i++)
        {
            ref var header = ref messages.Headers[i].Header;
            header.NameLength = (uint)messages.Peers[i].NativeLength;
            PacketInfo.Write(ref header, in messages.Locals[i], messages.Control + i * MessageVector.ControlSize);
        }

        var count = batch.Count;
        batch.Clear();
        try
        {
            return SendAll(messages, count);
        }
        catch (ObjectDisposedException)
        {
            // Dropped, as the contract says: nobody could take an answer any more.
            return 0;
        }
    }

    public void Send(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer)
    {
        try
        {
            SendOne(datagram, peer);
        }
        catch (ObjectDisposedException)
        {
            // As above.
        }
    }

    private void SendOne(ReadOnlySpan<byte> datagram, DatagramEndPoint peer)
    {
        fixed (byte* octets = datagram)
        {
            for (var errorsSeen = 0; Libc.SendTo(_handle, octets, (nuint)datagram.Length, 0, &peer, (uint)peer.NativeLength) < 0;)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Libc.EMSGSIZE && AllowFragments())
                {
                    continue;
                }

                if (IsFatal(errno))
                {
                    throw Failed("sendto", errno);
                }

                if (errno != Libc.EINTR && (!MayBePending(errno) || ++errorsSeen > PendingErrorLimit))
                {
                    return;
                }
            }
        }
    }

    private int SendAll(MessageVector messages, int count)
    {
        var sent = 0;
        var next = 0;
        var pendingErrorsSeen = 0;
        while (next < count)
        {
            var done = Libc.SendMessages(_handle, messages.Headers + next, (uint)(count - next), 0);
            if (done > 0)
            {
                sent += done;
                next += done;
                pendingErrorsSeen = 0;
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Libc.EINTR:
                case Libc.EMSGSIZE when AllowFragments():
                    continue;

                case var errno when MayBePending(errno) && pendingErrorsSeen < PendingErrorLimit:
                    pendingErrorsSeen++;
                    continue;

                // The socket itself is gone or misused; everything else concerns one datagram only.
                case var errno when IsFatal(errno):
                    throw Failed("sendmmsg", errno);

                default:
                    next++;
                    pendingErrorsSeen = 0;
                    continue;
            }
        }

        return sent;
    }

    /// <summary>From the first datagram that does not fit a link on, the kernel may cut them up; false if it may already, or never needs to be allowed to.</summary>
    private bool AllowFragments()
    {
        if (_isV6 || _mayFragment)
        {
            return false;
        }

        SetOption(Libc.IPPROTO_IP, Libc.IP_MTU_DISCOVER, Libc.IP_PMTUDISC_WANT);
        _mayFragment = true;
        return true;
    }

    // Either the pending ICMP error of an earlier datagram, which the call cleared without sending anything, or no route for this
    // very datagram: only trying again tells them apart.
    private static bool MayBePending(int errno) => errno is Libc.ECONNREFUSED or Libc.EHOSTUNREACH or Libc.ENETUNREACH
        or Libc.EHOSTDOWN or Libc.EMSGSIZE or Libc.EACCES or Libc.ENETDOWN;

    private static bool IsFatal(int errno) => errno is Libc.EBADF or Libc.EFAULT or Libc.ENOSYS or Libc.ENOTSOCK;
}
