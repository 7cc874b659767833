using System.Net;
using Connections.Pooling;
using Connections.Snmp.Engine.Tracing;

namespace Connections.Snmp;

// The argument trace: what is sent to the device and comes from it goes into a file while the connection is connected.
public sealed partial class SnmpConnection
{
    private SharedTrace? _trace;

    /// <exception cref="ConnectFailedException">The file cannot be written.</exception>
    private async Task StartTraceAsync(IPEndPoint device, CancellationToken cancellationToken)
    {
        await EndTraceAsync().ConfigureAwait(false);
        if (_arguments.Trace is not { } path)
        {
            return;
        }

        try
        {
            _trace = await SharedTrace.StartAsync(_engine, path, device, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConnectFailedException(
                $"Connection '{Alias}' of device '{Settings.DeviceName}' cannot be made: the trace '{path}' cannot be written. {error.Message}", error)
            {
                Alias = Alias,
                Device = Settings.DeviceName,
            };
        }
    }

    private async ValueTask EndTraceAsync()
    {
        if (Interlocked.Exchange(ref _trace, null) is { } trace)
        {
            await trace.DisposeAsync().ConfigureAwait(false);
        }
    }
}
