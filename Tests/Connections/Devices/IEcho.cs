using Connections.Pools;

namespace Connections.Tests.Devices;

/// <summary>What an echoing device offers.</summary>
[Pooled]
public interface IEcho
{
    /// <summary>Gives back the text.</summary>
    Task<string> EchoAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Gives back the text in two locked calls inside one.</summary>
    ValueTask<string> EchoTwiceAsync(string text, CancellationToken cancellationToken = default);
}
