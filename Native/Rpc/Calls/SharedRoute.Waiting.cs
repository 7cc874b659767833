using Connections.Native.Rpc.Arbitration;
using Connections.Native.Sync;
using Connections.Pooling;

namespace Connections.Native.Rpc.Calls;

internal sealed partial class SharedRoute
{
    // No place if one was given, but is gone again with its server: then it waits on with the turn that it had.
    private async ValueTask<(SeatClaim? Seat, ulong Turn)> WaitAsync(ulong? turn, Deadline deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Registry.TryClaim(_client, _wanted, _preferred, _gone) is { } free)
        {
            return (free, free.Turn);
        }

        if (FindFault() is { } fault && (fault is not NoServerException || _options.WaitForServer == TimeSpan.Zero))
        {
            throw fault;
        }

        var ticket = Registry.Enqueue(_client, _wanted, turn)
            ?? throw new ConnectionException($"{RegistryLayout.MostTickets} calls wait for the servers of {_address} already, which is the most there can be.") { IsTransient = true };
        if (_spinner.Spin(new IsGranted(_registry, ticket), MonotonicTime.Never) && Registry.TryCollect(_client, ticket, out var claim))
        {
            return (claim, ticket);
        }

        return (await WatchAsync(ticket, deadline, cancellationToken).ConfigureAwait(false), ticket);
    }

    private async ValueTask<SeatClaim?> WatchAsync(ulong ticket, Deadline deadline, CancellationToken cancellationToken)
    {
        var wait = _watch.Add(ticket);
        try
        {
            return await wait.Task.WaitAsync(deadline.Remaining, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!wait.Task.IsFaulted)
        {
            if (_watch.Remove(wait))
            {
                Registry.Withdraw(_client, ticket);
            }
            else if (await wait.Task.ConfigureAwait(false) is { } late)
            {
                Registry.Free(late.Server, late.Seat, late.Word);
            }

            throw error is TimeoutException ? new RpcTimeoutException($"No server of {_address} became free in time; the call was never begun.") { WasQueued = true } : error;
        }
    }

    /// <summary>Why nobody would serve the contract; null if somebody does.</summary>
    private ConnectionException? FindFault()
    {
        var (versions, isServed) = Registry.Find(_wanted);
        return (versions.Contains(_contract.Version), isServed) switch
        {
            (true, _) => null,
            (_, false) => new NoServerException($"No server serves {_address}: start one, or wait longer (WaitForServer)."),
            _ when versions.Count == 0 => new ServiceMismatchException($"The client asks for {_contract}, and the servers of {_address} do not serve that service at all."),
            _ => new ServiceMismatchException(
                $"The client asks for {_contract}, and the servers of {_address} serve version{(versions.Count == 1 ? "" : "s")} {string.Join(", ", versions)} of it."),
        };
    }

    private readonly struct IsGranted(SharedRegistry registry, ulong ticket) : ISpinCondition
    {
        public bool IsMet => !new TicketWord(registry.Read(RegistryLayout.Ticket(ticket))).IsWaiting(ticket);
    }
}
