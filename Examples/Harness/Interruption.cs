using System.Runtime.InteropServices;

namespace Connections.Harness;

/// <summary>Turns the first SIGINT (Ctrl-C) or SIGTERM into a cancellation, so that connections are closed; a second one ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signal;

    internal Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, Interrupt)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, Terminate)),
    ];

    internal CancellationToken Token => _source.Token;

    /// <summary>Whether the process was told to end by SIGTERM, as a service is: then to have ended in order is success.</summary>
    internal static bool IsTermination { get; private set; }

    /// <summary>Whether a signal came, and which.</summary>
    internal bool Came(out int signal) => (signal = Volatile.Read(ref _signal)) != 0;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context, int signal)
    {
        if (Interlocked.CompareExchange(ref _signal, signal, 0) == 0)
        {
            context.Cancel = true;
            IsTermination = signal == Terminate;
            _source.Cancel();
        }
    }
}
