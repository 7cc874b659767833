using System.Threading.Channels;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary>One operation on several devices at once, printed device by device, each value as soon as it is its turn.</summary>
internal sealed class Query(Lab lab, Operation operation, Output output)
{
    // What the devices that wait for their turn may be ahead of the printing.
    private const int ReadAhead = 10_000;

    /// <summary>Prints everything, failures to standard error.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var connects = await lab.ConnectAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var streams = connects.Select(connect => new Stream(connect.Input, connect.Error)).ToList();
        var pumps = streams.Select(stream => PumpAsync(stream, stop.Token)).ToList();
        var exitCode = ExitCode.Success;
        try
        {
            foreach (var stream in streams)
            {
                exitCode = Math.Max(exitCode, await PrintAsync(stream, cancellationToken));
            }

            return exitCode;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(pumps);
        }
    }

    /// <summary>Feeds a stream; its errors reach whoever reads the stream.</summary>
    private async Task PumpAsync(Stream stream, CancellationToken cancellationToken)
    {
        var error = stream.ConnectError;
        try
        {
            if (error is null)
            {
                var client = stream.Device.Device.Get<ISnmpClient>(stream.Device.Alias);
                await foreach (var varBind in operation.RunAsync(client, cancellationToken))
                {
                    await stream.Values.Writer.WriteAsync(varBind, cancellationToken);
                }
            }
        }
        catch (Exception failure)
        {
            error = failure;
        }

        stream.Values.Writer.Complete(error);
    }

    private async Task<int> PrintAsync(Stream stream, CancellationToken cancellationToken)
    {
        var device = stream.Device;
        try
        {
            await foreach (var varBind in stream.Values.Reader.ReadAllAsync(cancellationToken))
            {
                Print(device, varBind);
            }

            return ExitCode.Success;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (output.IsJson)
            {
                Output.Json(JsonText.Failed(device.Name, error));
            }

            Output.Error(device.Name, Failure.Explain(error));
            return ExitCode.DeviceFailed;
        }
    }

    private void Print(LabDevice device, VarBind varBind)
    {
        if (output.IsJson)
        {
            Output.Json(JsonText.Of(device.Name, varBind));
            return;
        }

        var prefix = lab.Devices.Count > 1 ? $"{device.Name}: " : "";
        Output.Line($"{prefix}{varBind.Oid} = {ValueText.Of(varBind.Value)}");
    }

    private sealed record Stream(LabDevice Device, Exception? ConnectError)
    {
        internal Channel<VarBind> Values { get; } =
            Channel.CreateBounded<VarBind>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
    }
}
