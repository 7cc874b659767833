using System.Threading.Channels;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;

namespace Connections.Harness.Commands;

/// <summary>One operation on several devices at once, printed device by device, each result as soon as it is its turn.</summary>
internal sealed class Query<T>(
    Selection selection, Func<ISnmpClient, CancellationToken, IAsyncEnumerable<T>> run, IResultWriter<T> writer, Output output)
{
    // What the devices that wait for their turn may be ahead of the printing.
    private const int ReadAhead = 10_000;

    /// <summary>Prints everything, failures to standard error.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var connects = await selection.ConnectAsync(cancellationToken);
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

            writer.End();
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
                await foreach (var result in run(client, cancellationToken))
                {
                    await stream.Results.Writer.WriteAsync(result, cancellationToken);
                }
            }
        }
        catch (Exception failure)
        {
            error = failure;
        }

        stream.Results.Writer.Complete(error);
    }

    private async Task<int> PrintAsync(Stream stream, CancellationToken cancellationToken)
    {
        var device = stream.Device;
        try
        {
            await foreach (var result in stream.Results.Reader.ReadAllAsync(cancellationToken))
            {
                writer.Write(device, result);
            }

            writer.EndDevice(device);
            return ExitCode.Success;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            writer.EndDevice(device);
            if (output.IsJson)
            {
                Output.Json(JsonText.Failed(device.Name, error));
            }

            Output.Error(device.Name, Failure.Explain(error));
            return ExitCode.DeviceFailed;
        }
    }

    private sealed record Stream(LabDevice Device, Exception? ConnectError)
    {
        internal Channel<T> Results { get; } =
            Channel.CreateBounded<T>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
    }
}
