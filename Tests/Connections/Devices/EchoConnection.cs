using Connections.Locking;
using Connections.Pools;

namespace Connections.Tests.Devices;

/// <summary>A connection to a device inside the test, which answers when the test lets it and counts who is on the line.</summary>
public sealed partial class EchoConnection(ConnectionSettings settings, EchoDevice device, TimeProvider? time = null)
    : BaseConnection(settings, time), IEcho
{
    /// <summary>How the device behaves.</summary>
    public EchoDevice Line { get; } = device;

    /// <summary>The number of the connection among all of its device.</summary>
    public int Number { get; private set; }

    [Locked]
    public partial Task<string> EchoAsync(string text, CancellationToken cancellationToken = default);

    [Locked]
    public partial ValueTask<string> EchoTwiceAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>The mode that the session is in; none after connecting.</summary>
    public string Mode { get; private set; } = "";

    [Locked]
    [ChangesState]
    public partial Task EnterModeAsync(string mode, CancellationToken cancellationToken = default);

    public void Lose() => Fault(new ConnectionLostException("The line was cut."));

    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await Line.Opening.WaitAsync(cancellationToken);
        Number = Line.Opened();
    }

    protected override Task CloseAsync(CancellationToken cancellationToken)
    {
        Line.Closed();
        return Task.CompletedTask;
    }

    protected override Task ResetAsync(CancellationToken cancellationToken)
    {
        Line.Resets++;
        Mode = Line.CanReset ? "" : Mode;
        return Line.CanReset ? Task.CompletedTask : base.ResetAsync(cancellationToken);
    }

    protected override Task<bool> CheckHealthAsync(CancellationToken cancellationToken)
    {
        Line.HealthChecks++;
        return Task.FromResult(Line.IsHealthy);
    }

    protected override void Abort() => Line.Aborts++;

    private Task EnterModeCoreAsync(string mode, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Mode = mode;
        return Task.CompletedTask;
    }

    private async Task<string> EchoCoreAsync(string text, CancellationToken cancellationToken)
    {
        EnsureConnected();
        using var call = Line.Enter(this, text);
        await Line.Answering.WaitAsync(cancellationToken);
        return text;
    }

    private async ValueTask<string> EchoTwiceCoreAsync(string text, CancellationToken cancellationToken)
    {
        var first = await EchoAsync(text, cancellationToken);
        await Task.Yield();
        return first + await Task.Run(() => EchoAsync(text, cancellationToken), cancellationToken);
    }
}
