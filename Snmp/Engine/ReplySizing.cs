namespace Connections.Snmp.Engine;

/// <summary>
/// How large replies one device is asked for. Fragments are lost in real networks and small devices have small buffers, so the aim begins at what
/// fits one Ethernet frame, grows only after replies of about that size arrived whole, and falls below what was refused or
/// repeatedly lost. The I/O thread writes it; a caller may read it meanwhile, and then asks by a figure of just before.
/// </summary>
internal sealed class ReplySizing
{
    /// <summary>What fits one Ethernet frame beside the headers, tunnels included.</summary>
    internal const int Usual = 1_400;

    /// <summary>What every SNMP entity must accept (RFC 3417 section 3.2).</summary>
    internal const int Least = 484;

    private const int LossesBeforeShrinking = 2;
    private const int ArrivalsBeforeLifting = 4;

    private int _aim = Usual;

    // What the device refused to exceed stays; what was lost may have been chance, so that this ceiling is lifted again.
    private int _limit = int.MaxValue;
    private int _ceiling = int.MaxValue;
    private int _losses;
    private int _arrivals;

    /// <summary>The largest reply that arrived whole.</summary>
    internal int Proved { get; private set; }

    /// <summary>The largest request that was answered.</summary>
    internal int ProvedRequest { get; private set; }

    internal int AimWithin(int allowed) => Math.Min(Math.Min(_aim, allowed), Math.Min(_limit, _ceiling));

    internal void NoteWhole(int requestOctets, int replyOctets)
    {
        if (requestOctets > ProvedRequest)
        {
            ProvedRequest = requestOctets;
        }

        if (replyOctets > Proved)
        {
            Proved = replyOctets;
        }

        if (IsNear(replyOctets, Math.Min(_aim, _ceiling)))
        {
            _losses = 0;
            Lift();
        }

        if (IsNear(replyOctets, _aim))
        {
            _aim = (int)Math.Min(replyOctets * 2L, ushort.MaxValue);
        }
    }

    internal void NoteTooBig(int expectedOctets) => _limit = Math.Min(_limit, Half(expectedOctets));

    /// <summary>A reply did not arrive that was to be larger than any that did. One loss says little, several in a row do.</summary>
    internal void NoteLost(int expectedOctets)
    {
        _aim = Math.Max(Math.Min(_aim, Proved), Usual);
        if (++_losses >= LossesBeforeShrinking && Proved > 0)
        {
            _losses = _arrivals = 0;
            _ceiling = Math.Min(_ceiling, Half(expectedOctets));
        }
    }

    private void Lift()
    {
        if (_ceiling < ushort.MaxValue && ++_arrivals >= ArrivalsBeforeLifting)
        {
            _arrivals = 0;
            _ceiling *= 2;
        }
    }

    private static bool IsNear(int octets, int aim) => octets * 4L > aim * 3L;

    private static int Half(int octets) => Math.Max(octets / 2, Least);
}
