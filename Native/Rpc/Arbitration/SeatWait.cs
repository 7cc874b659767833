namespace Connections.Native.Rpc.Arbitration;

/// <summary>A call that waits for a server with a ticket.</summary>
/// <param name="ticket">The ticket.</param>
/// <param name="patience">Until when, on the monotonic clock, it waits where nobody serves.</param>
internal sealed class SeatWait(ulong ticket, long patience)
{
    private readonly TaskCompletionSource<SeatClaim?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The ticket.</summary>
    public ulong Ticket => ticket;

    /// <summary>Until when it waits where nobody serves; put off while somebody does.</summary>
    public long Patience { get; set; } = patience;

    /// <summary>The place; null if that is gone again.</summary>
    public Task<SeatClaim?> Task => _completion.Task;

    public void Complete(SeatClaim? claim) => _completion.SetResult(claim);

    public void Fail(Exception error) => _completion.SetException(error);
}
