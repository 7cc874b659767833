using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Snmp.Transport.Linux;

/// <summary>Waits with <c>ppoll</c> on the sockets and on an eventfd, which a wake writes to.</summary>
internal sealed unsafe class LinuxDatagramPoller : IDatagramPoller
{
    private readonly SafeFileHandle _event;
    private readonly List<LinuxDatagramSocket> _sockets = [];
    private PollDescriptor[] _descriptors;

    internal LinuxDatagramPoller()
    {
        var descriptor = Libc.EventDescriptor(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (descriptor < 0)
        {
            throw Failed("eventfd", Marshal.GetLastPInvokeError());
        }

        _event = new SafeFileHandle(descriptor, ownsHandle: true);
        _descriptors = [new PollDescriptor { Descriptor = descriptor, Events = Libc.POLLIN }];
    }

    public void Add(IDatagramSocket socket)
    {
        var added = (LinuxDatagramSocket)socket;
        var descriptor = added.Descriptor;
        _sockets.Add(added);
        _descriptors = [.. _descriptors, new PollDescriptor { Descriptor = descriptor, Events = Libc.POLLIN }];
    }

    public void Wait(TimeSpan timeout)
    {
        var span = new TimeSpecification(timeout);
        fixed (PollDescriptor* descriptors = _descriptors)
        {
            var ready = Libc.Poll(descriptors, (nuint)_descriptors.Length, timeout < TimeSpan.Zero ? null : &span, null);
            if (ready < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno is not (Libc.EINTR or Libc.ENOMEM))
                {
                    throw Failed("ppoll", errno);
                }

                return;
            }

            if (ready > 0)
            {
                Look(descriptors);
            }
        }
    }

    public void Wake()
    {
        // Counted, so that a wake that races with disposal never writes to a descriptor that was given to someone else.
        var held = false;
        try
        {
            _event.DangerousAddRef(ref held);
            var one = 1UL;
            Libc.Write((int)_event.DangerousGetHandle(), &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more, which is what the contract promises.
        }
        finally
        {
            if (held)
            {
                _event.DangerousRelease();
            }
        }
    }

    public void Dispose() => _event.Dispose();

    private void Look(PollDescriptor* descriptors)
    {
        if (descriptors[0].Returned != 0)
        {
            Reset(descriptors[0].Descriptor);
        }

        for (var i = 0; i < _sockets.Count; i++)
        {
            if ((descriptors[i + 1].Returned & Libc.POLLERR) != 0)
            {
                _sockets[i].NoteError();
            }
        }
    }

    private static IOException Failed(string call, int errno) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).");

    private static void Reset(int descriptor)
    {
        ulong count;
        Libc.Read(descriptor, &count, sizeof(ulong));
    }
}
