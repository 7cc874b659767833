using System.Net;
using Connections.NetSnmp.Processes;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.NetSnmp;

// From connecting to the end: one worker process for the time that the connection is connected.
public sealed partial class NetSnmpConnection
{
    /// <inheritdoc/>
    /// <exception cref="ConnectFailedException">
    /// The agent does not answer, or the worker process cannot be started, or has no library that it knows; the message says what to do.
    /// </exception>
    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await EndWorkerAsync().ConfigureAwait(false);
        var address = await HostResolver.Shared.ResolveAsync(Settings, cancellationToken).ConfigureAwait(false);
        var options = _snmp with { Source = SourceAddress.Find(_arguments.Source, address, Settings) };
        try
        {
            _target = await StartAsync(address, options, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await EndWorkerAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task CloseAsync(CancellationToken cancellationToken)
    {
        _target = null;
        await EndWorkerAsync().ConfigureAwait(false);
    }

    private async Task<SnmpTarget> StartAsync(IPAddress address, SnmpOptions options, CancellationToken cancellationToken)
    {
        var agent = TargetAt(address, options);
        var worker = await WorkerProcess.StartAsync(WorkerSetup.For(agent, _options.LibraryNames), _options, Settings, cancellationToken).ConfigureAwait(false);
        var exchange = _exchange = new WorkerExchange(worker, agent, _options.Grace, Fault);
        var target = Unsecured(agent);
        if (_arguments.FindsProfile())
        {
            var answer = await SnmpProbe.AskAsync(Settings, request => Scribe.SendAsync(target, request, exchange, cancellationToken), DeviceProfiles.SysObjectId)
                .ConfigureAwait(false);
            target = Unsecured(TargetAt(address, options with { Profile = _arguments.Profile(SnmpProbe.ProfileFor(answer)) }));
        }
        else if (_arguments.IsVerified())
        {
            await SnmpProbe.AskAsync(Settings, request => Scribe.SendAsync(target, request, exchange, cancellationToken), SnmpProbe.SysUpTime)
                .ConfigureAwait(false);
        }

        return target;
    }

    // The connection is faulted already if the worker died, and lives no longer if it was disposed.
    private async Task EndWorkerAsync()
    {
        if (Interlocked.Exchange(ref _exchange, null) is { } exchange)
        {
            await exchange.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SnmpTarget TargetAt(IPAddress address, SnmpOptions options) =>
        new(new IPEndPoint(address, Settings.Port ?? DefaultPort), options, Settings.DeviceName, Alias);

    /// <summary>The same agent without its secrets, which the library alone needs: SNMPv3 asks by the PDUs of SNMPv2c.</summary>
    internal static SnmpTarget Unsecured(SnmpTarget agent)
    {
        var options = agent.Options;
        var plain = options with
        {
            Version = options.User is null ? options.Version : Snmp.Protocol.SnmpVersion.V2c,
            User = null,
            Community = new Secret(""),
        };
        var target = new SnmpTarget(agent.EndPoint, plain, agent.Device, agent.Alias);
        var room = agent.EnvelopeOctets - target.EnvelopeOctets;
        return options.MaxReplySize - room < ReplySizing.Least
            ? target
            : new SnmpTarget(agent.EndPoint, plain with { MaxReplySize = options.MaxReplySize - room }, agent.Device, agent.Alias);
    }
}
