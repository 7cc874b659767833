using System.Net;

namespace Connections.Tests.Relays;

/// <summary>Stands between callers and a server, over IPv4 loopback, like a cable that can be cut and mended.</summary>
internal interface IRelay : IAsyncDisposable
{
    /// <summary>Where callers find the server.</summary>
    IPEndPoint EndPoint { get; }

    /// <summary>Lets nothing through from now on.</summary>
    void Cut();

    /// <summary>Lets everything through again.</summary>
    void Mend();
}
