using System.Diagnostics.CodeAnalysis;
using Connections.Telnet;

namespace Connections.Tests.Telnet;

/// <summary>
/// The steps of <see cref="TelnetConnection"/> with no lock around them, in the order that hurts: every caller sends before the first
/// receives, and the one whose line the device got last receives first.
/// </summary>
internal sealed class UnlockedTelnetConnection(ConnectionSettings settings, int callers) : TelnetConnection(settings)
{
    private readonly SemaphoreSlim _sending = new(1);
    private readonly SemaphoreSlim _receiving = new(0);
    private int _sent;

    [SuppressMessage("Connections", "CONN009", Justification = "The twin does on purpose what the analyzer forbids: it calls cores without the lock.")]
    public new async Task<string> ExecuteAsync(string command, CancellationToken cancellationToken = default)
    {
        await _sending.WaitAsync(cancellationToken);
        await SendCoreAsync(command, cancellationToken);
        var isLast = ++_sent == callers;
        _sending.Release();

        if (!isLast)
        {
            await _receiving.WaitAsync(cancellationToken);
        }

        var answer = await ReceiveCoreAsync(cancellationToken);
        _receiving.Release();
        return answer;
    }
}
