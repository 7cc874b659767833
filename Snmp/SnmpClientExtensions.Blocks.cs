using Connections.Snmp.Collection;

namespace Connections.Snmp;

// Results as blocks instead of values.
public static partial class SnmpClientExtensions
{
    /// <summary>
    /// Gets or walks into blocks: what is collected becomes no objects, may be stored or sent as it is, and is read where it lies. The outcome stands in the last block.
    /// </summary>
    /// <param name="client">The agent.</param>
    /// <param name="target">The agent's name in the blocks.</param>
    /// <param name="shape">What is asked for: instances, or roots and ranges of their indexes.</param>
    /// <param name="options">How it is carried out; the defaults if null.</param>
    /// <param name="cancellationToken">Ends it at any moment.</param>
    /// <returns>The blocks, which the caller disposes once it has read them. While four wait to be read, the agent is asked for nothing.</returns>
    public static IAsyncEnumerable<ResultBlock> CollectBlocksAsync(
        this ISnmpClient client, string target, CollectShape shape, CollectRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var collector = new SnmpCollector((_, _) => ValueTask.FromResult(client));
        var request = new CollectRequest(target, target, shape) { Options = options ?? CollectRequestOptions.Default };
        request.Validate();
        Checked(client);
        return collector.CollectAsync([request], cancellationToken);
    }
}
