using System.Net;
using System.Net.Sockets;

namespace Connections.Harness.Tests;

/// <summary>A server that lets in whoever comes, and says nothing, until it goes away.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<Socket> _accepted;

    internal SilentServer()
    {
        _listener.Start();
        _accepted = _listener.AcceptSocketAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether somebody has come.</summary>
    internal bool IsVisited => _accepted.IsCompletedSuccessfully;

    /// <summary>Whether somebody has asked something.</summary>
    internal bool IsAsked => IsVisited && _accepted.Result.Available > 0;

    public void Dispose()
    {
        if (IsVisited)
        {
            _accepted.Result.Dispose();
        }

        _listener.Dispose();
    }
}
