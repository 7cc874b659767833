using System.Net.Sockets;
using System.Text;
using Connections.Locking;

namespace Connections.Harness.Tests.Readme;

/// <summary>The connection class of the README, to the letter.</summary>
public sealed partial class LineConnection(ConnectionSettings settings) : BaseConnection(settings)
{
    private TcpClient? _tcp;
    private StreamReader? _answers;

    [Locked]
    public partial Task<string> AskAsync(string question, CancellationToken cancellationToken = default);

    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        _tcp = new TcpClient();
        await _tcp.ConnectAsync(Settings.Host!, Settings.Port!.Value, cancellationToken);
        _answers = new StreamReader(_tcp.GetStream());
    }

    protected override Task CloseAsync(CancellationToken cancellationToken)
    {
        _tcp?.Dispose();
        return Task.CompletedTask;
    }

    private async Task<string> AskCoreAsync(string question, CancellationToken cancellationToken)
    {
        EnsureConnected();
        await _tcp!.GetStream().WriteAsync(Encoding.UTF8.GetBytes(question + "\n"), cancellationToken);
        return await _answers!.ReadLineAsync(cancellationToken) ?? throw new ConnectionLostException($"The {this} was closed.");
    }
}
