using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Serving;

/// <summary>Lets no more calls begin than a server serves at once.</summary>
internal interface IAdmission : IAsyncDisposable
{
    /// <summary>Waits until a call may begin. False if it may not at all.</summary>
    ValueTask<bool> EnterAsync(Frame call, CancellationToken cancellationToken);

    /// <summary>Tells that a call has ended that was let in.</summary>
    void Leave(Frame call);

    /// <summary>Sends newcomers elsewhere from now on.</summary>
    void Close();
}
