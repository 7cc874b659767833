using System.Net;
using Connections.Locking;
using Connections.Native.Rpc;
using Connections.NetSnmp.Processes;
using Connections.Snmp;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.NetSnmp;

/// <summary>
/// A connection to an SNMP agent by the system's Net-SNMP library (<c>libsnmp40</c> on Debian and Ubuntu, version 5.9), for a device that only that library
/// gets on with, or to compare with. It looks and behaves as <see cref="SnmpConnection"/>; its values are equal.
/// </summary>
/// <remarks>
/// <para>Net-SNMP keeps state for a whole process and is not safe in threads, so that each connection has a worker process of its own: a pool of five has five. What
/// the library does to its process, a crash too, costs the call that is in flight, with <see cref="ServerDiedException"/>, and nothing else; the connection is then faulted,
/// and a pool replaces it. A worker ends with its connection, and with the process that started it. It reads no configuration of the library's and leaves no file behind.</para>
/// <para>Settings are those of <see cref="SnmpConnection"/>, and <c>backend: netsnmp</c>, which makes a testbed's connection one of these once
/// <see cref="NetSnmpConnectionClasses.AddNetSnmp"/> was called. Not all is the library's to do: <c>trace</c>, <c>max_combined</c>, <c>min_interval</c>, <c>silence_pause</c>
/// and <c>max_in_flight</c> are refused. The library checks neither the address nor the community of an answer of SNMPv1 and SNMPv2c, only its request-id.</para>
/// <para>Linux alone, with the <c>dotnet</c> host: the worker is <c>Connections.NetSnmp.Worker.dll</c>, beside the application.</para>
/// </remarks>
public sealed partial class NetSnmpConnection : BaseConnection, ISnmpClient
{
    /// <summary>What a testbed's argument <c>backend</c> says for this class.</summary>
    public const string Backend = "netsnmp";

    private const int DefaultPort = 161;

    // Writes the requests of all connections and reads the answers; it has neither socket nor thread.
    private static readonly SnmpEngine Scribe = new();

    private readonly SnmpArguments _arguments;
    private readonly SnmpOptions _snmp;
    private readonly NetSnmpOptions _options;
    private readonly AbortableCalls _calls;
    private SnmpTarget? _target;
    private WorkerExchange? _exchange;

    /// <summary>Makes a connection; its process is started when it is connected.</summary>
    /// <param name="settings">Where the agent is and how it is spoken to.</param>
    /// <exception cref="Pooling.ConnectionException">An argument's value is not allowed; the message names key and value.</exception>
    public NetSnmpConnection(ConnectionSettings settings)
        : this(settings, NetSnmpOptions.Default)
    {
    }

    /// <summary>Makes a connection; its process is started when it is connected.</summary>
    /// <param name="settings">Where the agent is and how it is spoken to.</param>
    /// <param name="options">How the process is started.</param>
    /// <exception cref="Pooling.ConnectionException">An argument's value is not allowed; the message names key and value.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public NetSnmpConnection(ConnectionSettings settings, NetSnmpOptions options)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _calls = new AbortableCalls(EnsureConnected);
        _arguments = new SnmpArguments(settings);
        _arguments.RefuseWhatTheEngineDoes();
        _snmp = _arguments.ToOptions();
        _ = _arguments.IsVerified();
        _ = _arguments.FindsProfile();
    }

    /// <summary>The id of the worker process; <see langword="null"/> while there is none.</summary>
    public int? WorkerProcessId => _exchange?.ProcessId;

    /// <inheritdoc/>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="ServerDiedException">The worker process ended before it had answered; whether the agent has carried out the request is not known.</exception>
    [Locked]
    public partial ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    /// <exception cref="NotConnectedException">The connection is not connected.</exception>
    /// <exception cref="ServerDiedException">The worker process ended before the burst had brought anything.</exception>
    [Locked]
    public partial ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    protected override async Task<bool> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_target is not { } target || _exchange is not { } exchange)
        {
            return false;
        }

        try
        {
            await Scribe.SendAsync(target, SnmpRequest.Get(SnmpProbe.SysUpTime), exchange, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is SnmpTimeoutException or SnmpAuthenticationException or SnmpUnknownContextException or ServerDiedException)
        {
            return false;
        }
    }

    /// <summary>False: every response is matched with its request, so that a call that was cut short leaves nothing behind.</summary>
    protected override bool LeavesOutOfStep(Exception error) => false;

    /// <summary>Ends the request that is under way.</summary>
    protected override void Abort() => _calls.Abort();

    // A pool hands out none that is faulted, so that the worker died on the way to it: no matter of whether one has connected.
    private void EnsureServed()
    {
        if (Settings.PoolSize is not null && State == ConnectionState.Faulted && LastError is ServerDiedException died)
        {
            throw new ServerDiedException($"The request was not sent, for its worker ended at that moment. {died.Message}", died)
            {
                Alias = Alias,
                Device = Settings.DeviceName,
            };
        }

        EnsureConnected();
    }

    private ValueTask<SnmpResponse> SendCoreAsync(SnmpRequest request, CancellationToken cancellationToken)
    {
        EnsureServed();
        return _calls.RunAsync(
            (_target!, request, _exchange!),
            static (call, token) => Scribe.SendAsync(call.Item1, call.request, call.Item3, token),
            cancellationToken);
    }

    private ValueTask<WalkResult> CollectCoreAsync(WalkRequest request, CancellationToken cancellationToken)
    {
        EnsureServed();
        return _calls.RunAsync(
            (_target!, request, _exchange!),
            static (call, token) => Scribe.CollectAsync(call.Item1, call.request, call.Item3, token),
            cancellationToken);
    }
}
