using System.Security.Cryptography;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Engine;

/// <summary>
/// One user of SNMPv3 at one device: the keys, and who may write with them.
/// </summary>
/// <remarks>
/// Keys are stateful: a hash or a cipher serves one thread at a time. A lock would let a caller that the system put aside hold up the I/O
/// thread, and with it all devices; to write on the I/O thread only would cost each lone request a change of threads. So there are two
/// sets of keys: the I/O thread's own, and a pen that callers take and give back. Who finds the pen taken, or made for another engine than the
/// device is known to be now, hands the request to the I/O thread. What both read of the device, its name and clock, is one immutable object.
/// </remarks>
internal sealed class SecuredUser : IThreadPoolWorkItem, IDisposable
{
    private readonly SnmpEngine _engine;
    private UsmSession? _pen;
    private bool _isPreparing;
    private SnmpEngineId _preparedFor;
    private UsmKeys? _keys;
    private UsmKeys? _penKeys;
    private CryptographicException? _failure;

    internal SecuredUser(SnmpEngine engine, SnmpUser user, SecuredPeer peer)
    {
        _engine = engine;
        Peer = peer;
        Session = new UsmSession(user, peer.Usm);
    }

    internal SecuredPeer Peer { get; }

    /// <summary>What the I/O thread writes and reads with.</summary>
    internal UsmSession Session { get; }

    internal SnmpUser User => Session.User;

    /// <summary>Whether the engine is known and its keys are there. On the I/O thread.</summary>
    internal bool IsReady => Session.HasKeys;

    /// <summary>Whether a request may be sent now: as it is, or to ask for the engine's name. On the I/O thread.</summary>
    internal bool MaySend => IsReady || (Session.NeedsDiscovery && !Peer.IsDiscovering);

    /// <summary>Why there are no keys for the engine, if they could not be made. On the I/O thread.</summary>
    internal CryptographicException? Failure => !_isPreparing && _preparedFor == Peer.Usm.EngineId ? _failure : null;

    /// <summary>What a caller writes with until it is given back; <see langword="null"/> if the caller must leave that to the I/O thread. Any thread.</summary>
    internal UsmSession? TakePen()
    {
        var pen = Interlocked.Exchange(ref _pen, null);
        if (pen is null || pen.HasKeys)
        {
            return pen;
        }

        pen.Dispose();
        return null;
    }

    internal void ReturnPen(UsmSession pen)
    {
        // If there is one already, the device has become another engine meanwhile.
        if (Interlocked.CompareExchange(ref _pen, pen, null) is not null)
        {
            pen.Dispose();
        }
    }

    /// <summary>Has the keys made for the engine as it is known now, on a thread of the pool: a password takes milliseconds. On the I/O thread.</summary>
    internal void PrepareKeys()
    {
        if (_isPreparing)
        {
            return;
        }

        _isPreparing = true;
        _preparedFor = Peer.Usm.EngineId;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Takes the keys that were made into use. On the I/O thread.</summary>
    internal void AdoptKeys()
    {
        _isPreparing = false;
        if (_keys is null || _penKeys is null)
        {
            return;
        }

        Session.TakeKeys(_keys);
        var pen = new UsmSession(User, Peer.Usm);
        pen.TakeKeys(_penKeys);
        Interlocked.Exchange(ref _pen, pen)?.Dispose();
        _keys = _penKeys = null;
    }

    void IThreadPoolWorkItem.Execute()
    {
        _failure = null;
        try
        {
            _keys = new UsmKeys(User, _preparedFor);
            _penKeys = new UsmKeys(User, _preparedFor);
        }
        catch (CryptographicException error)
        {
            _failure = error;
        }

        _engine.OnKeysPrepared(this);
    }

    public void Dispose()
    {
        Session.Dispose();
        Interlocked.Exchange(ref _pen, null)?.Dispose();
    }
}
