using System.Net;
using Connections.Locking;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp;

/// <summary>
/// A connection to an SNMP agent whose calls take turns: one request or one burst of a walk at a time. It is a light handle on an engine,
/// so any number of them cost no sockets and no threads, and a pool of them bounds how many requests a device gets at once.
/// </summary>
/// <remarks>
/// <para>Settings: host (a name, or an IPv4 or IPv6 address, with its scope where it needs one), port (161), and these arguments; others are refused.
/// Whom: <c>version</c> (1, 2c or 3; 2c by default), <c>community</c> (better given as the credential of that name; <c>public</c> by default).
/// Time, in seconds: <c>timeout</c> (of the first attempt, 1), <c>retries</c> (3), <c>deadline</c> (of a request in all), <c>verify</c> (true).
/// Load: <c>max_repetitions</c>, <c>max_reply_size</c> (1,400 octets), <c>max_in_flight</c>, <c>max_combined</c>, <c>min_interval</c> and <c>silence_pause</c> (seconds),
/// <c>source</c> (an address of this machine, or an interface's name). <c>transport</c> (<c>udp</c>, or
/// <c>tcp</c>, where <c>max_reply_size</c> is 8,192). <c>trace</c>: a file for all that is sent to the device and comes from it
/// (<see cref="Engine.Tracing.SnmpTraceFile"/>). Quirks of the device (see <see cref="DeviceProfile"/>): <c>profile</c>
/// (<c>auto</c> asks the device for its sysObjectID and takes what <see cref="DeviceProfiles"/> has for it), and over that <c>short_request_ids</c>,
/// <c>other_address</c>, <c>get_bulk</c>, <c>non_increasing</c> (true or false) and <c>max_message_size</c>.</para>
/// <para>Of SNMPv3: <c>user</c> (or the credential <c>username</c>), <c>auth</c> (<c>MD5</c>, <c>SHA</c>, <c>SHA-224</c>, <c>SHA-256</c>, <c>SHA-384</c>,
/// <c>SHA-512</c>), <c>priv</c> (<c>DES</c>, <c>AES</c>, <c>AES-192</c>, <c>AES-256</c>, <c>AES-192-C</c>, <c>AES-256-C</c>; see
/// <see cref="PrivacyProtocol"/>), <c>level</c> (<c>noAuthNoPriv</c>, <c>authNoPriv</c>, <c>authPriv</c>; by default what <c>auth</c> and
/// <c>priv</c> give), <c>context</c>, <c>context_engine_id</c>, and <c>engine_id</c>, which is discovered if it is not given. The secrets are credentials:
/// <c>auth_password</c> and <c>priv_password</c> (<c>password</c> serves for either), or keys in hexadecimal digits: <c>auth_master_key</c> and
/// <c>priv_master_key</c>, or <c>auth_key</c> and <c>priv_key</c>, which are localized already.</para>
/// <para>UDP knows no connection: connecting finds the address and, unless <c>verify</c> is false, asks for sysUpTime.0, which any
/// answer proves to be there, an error too.</para>
/// </remarks>
public sealed partial class SnmpConnection : BaseConnection, ISnmpClient
{
    private const int DefaultPort = 161;

    private readonly SnmpEngine _engine;
    private readonly SnmpArguments _arguments;
    private readonly SnmpOptions _options;
    private readonly bool _isVerified;
    private readonly bool _findsProfile;
    private readonly AbortableCalls _calls;
    private SnmpTarget? _target;

    /// <summary>Makes a connection on the engine that the process shares; it is not connected yet.</summary>
    /// <param name="settings">Where the agent is and how it is spoken to.</param>
    /// <exception cref="ConnectionException">An argument's value is not allowed; the message names key and value.</exception>
    public SnmpConnection(ConnectionSettings settings)
        : this(settings, SnmpEngine.Shared)
    {
    }

    /// <summary>Makes a connection on an engine of one's own; it is not connected yet.</summary>
    /// <param name="settings">Where the agent is and how it is spoken to.</param>
    /// <param name="engine">What sends and receives. The connection does not dispose it.</param>
    /// <exception cref="ConnectionException">An argument's value is not allowed; the message names key and value.</exception>
    public SnmpConnection(ConnectionSettings settings, SnmpEngine engine)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _calls = new AbortableCalls(EnsureConnected);
        _arguments = new SnmpArguments(settings);
        _arguments.RefuseOtherBackend();
        _options = _arguments.ToOptions();
        _isVerified = _arguments.IsVerified();
        _findsProfile = _arguments.FindsProfile();
    }

    /// <inheritdoc/>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    [Locked]
    public partial ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    [Locked]
    public partial ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var address = await HostResolver.Shared.ResolveAsync(Settings, cancellationToken).ConfigureAwait(false);
        var options = _options with { Source = SourceAddress.Find(_arguments.Source, address, Settings) };
        var target = TargetAt(address, options);
        await StartTraceAsync(target.EndPoint, cancellationToken).ConfigureAwait(false);
        if (_findsProfile)
        {
            var answer = await AskAsync(target, DeviceProfiles.SysObjectId, cancellationToken).ConfigureAwait(false);
            target = TargetAt(address, options with { Profile = _arguments.Profile(SnmpProbe.ProfileFor(answer)) });
        }
        else if (_isVerified)
        {
            await AskAsync(target, SnmpProbe.SysUpTime, cancellationToken).ConfigureAwait(false);
        }

        _target = target;
    }

    /// <inheritdoc/>
    protected override async Task CloseAsync(CancellationToken cancellationToken)
    {
        _target = null;
        await EndTraceAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task<bool> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_target is not { } target)
        {
            return false;
        }

        try
        {
            await _engine.SendAsync(target, SnmpRequest.Get(SnmpProbe.SysUpTime), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is SnmpTimeoutException or SnmpAuthenticationException or SnmpUnknownContextException)
        {
            return false;
        }
    }

    /// <summary>False: every response is matched with its request, so that a call that was cut short leaves nothing behind.</summary>
    protected override bool LeavesOutOfStep(Exception error) => false;

    /// <summary>Ends the request that is under way.</summary>
    protected override void Abort() => _calls.Abort();

    private ValueTask<SnmpResponse> SendCoreAsync(SnmpRequest request, CancellationToken cancellationToken)
    {
        EnsureConnected();
        return _calls.RunAsync(
            (_engine, _target!, request),
            static (call, token) => call._engine.SendAsync(call.Item2, call.request, token),
            cancellationToken);
    }

    private ValueTask<WalkResult> CollectCoreAsync(WalkRequest request, CancellationToken cancellationToken)
    {
        EnsureConnected();
        return _calls.RunAsync(
            (_engine, _target!, request),
            static (call, token) => call._engine.CollectAsync(call.Item2, call.request, token),
            cancellationToken);
    }

    private SnmpTarget TargetAt(IPAddress address, SnmpOptions options) =>
        new(new IPEndPoint(address, Settings.Port ?? DefaultPort), options, Settings.DeviceName, Alias);

    private Task<SnmpResponse> AskAsync(SnmpTarget target, Oid instance, CancellationToken cancellationToken) =>
        SnmpProbe.AskAsync(Settings, request => _engine.SendAsync(target, request, cancellationToken), instance);
}
