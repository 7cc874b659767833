using System.Runtime.CompilerServices;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

public static partial class SnmpClientExtensions
{
    private const int LargestBurst = 16;
    private const int ManyVarBinds = 512;

    /// <summary>
    /// Walks all instances under an OID by GETNEXT, one request a varbind. While the caller looks at one burst, the next one is fetched;
    /// what breaks out of the loop early cancels it, and waits until it has let go of the connection.
    /// </summary>
    /// <param name="client">The agent.</param>
    /// <param name="root">The OID; where it is itself an instance, that one is returned.</param>
    /// <param name="cancellationToken">Ends the walk at any moment.</param>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; those before are returned.</exception>
    public static IAsyncEnumerable<VarBind> WalkAsync(this ISnmpClient client, Oid root, CancellationToken cancellationToken = default) =>
        StreamAsync(Checked(client), new WalkRequest { Root = root, UsesBulk = false }, cancellationToken);

    /// <inheritdoc cref="WalkAsync(ISnmpClient, Oid, CancellationToken)"/>
    public static IAsyncEnumerable<VarBind> WalkAsync(this ISnmpClient client, string root, CancellationToken cancellationToken = default) =>
        client.WalkAsync(OidText.Parse(root), cancellationToken);

    /// <summary>Walks all instances under an OID by GETBULK (by GETNEXT in SNMPv1), in bursts that grow with the walk.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="root">The OID; where it is itself an instance, that one is returned.</param>
    /// <param name="maxRepetitions">How many varbinds a reply holds at most, 1 to 65535; if null the connection's own setting, or as many as fit its replies.</param>
    /// <param name="cancellationToken">Ends the walk at any moment.</param>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; those before are returned.</exception>
    public static IAsyncEnumerable<VarBind> BulkWalkAsync(
        this ISnmpClient client, Oid root, int? maxRepetitions = null, CancellationToken cancellationToken = default)
    {
        var request = new WalkRequest { Root = root, MaxRepetitions = maxRepetitions };
        request.Validate();
        return StreamAsync(Checked(client), request, cancellationToken);
    }

    /// <inheritdoc cref="BulkWalkAsync(ISnmpClient, Oid, int?, CancellationToken)"/>
    public static IAsyncEnumerable<VarBind> BulkWalkAsync(
        this ISnmpClient client, string root, int? maxRepetitions = null, CancellationToken cancellationToken = default) =>
        client.BulkWalkAsync(OidText.Parse(root), maxRepetitions, cancellationToken);

    /// <summary>
    /// Walks several OIDs at once: they share each request, which costs far fewer packets than one walk after the other. Their varbinds come
    /// as the replies bring them, each root's own in order.
    /// </summary>
    /// <param name="client">The agent.</param>
    /// <param name="roots">The OIDs, none of which contains another; one that is itself an instance is returned.</param>
    /// <param name="cancellationToken">Ends the walk at any moment.</param>
    /// <exception cref="ArgumentException">There is no root, or one contains another.</exception>
    /// <exception cref="SnmpErrorStatusException">The agent fails at a root; the others are walked to their ends first.</exception>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; those before are returned.</exception>
    public static IAsyncEnumerable<VarBind> WalkAsync(
        this ISnmpClient client, IReadOnlyList<Oid> roots, CancellationToken cancellationToken = default) =>
        client.WalkAsync(new WalkRequest { Roots = roots }, cancellationToken);

    /// <inheritdoc cref="WalkAsync(ISnmpClient, IReadOnlyList{Oid}, CancellationToken)"/>
    public static IAsyncEnumerable<VarBind> WalkAsync(
        this ISnmpClient client, IReadOnlyList<string> roots, CancellationToken cancellationToken = default) =>
        client.WalkAsync(OidText.Parse(roots), cancellationToken);

    /// <summary>Walks as a request says: with limits of rows and time, tolerating what it tolerates. Its bursts grow from its <see cref="WalkRequest.MaxReplies"/>.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="request">The walk.</param>
    /// <param name="cancellationToken">Ends the walk at any moment.</param>
    /// <exception cref="ArgumentException">The request has no root, one contains another, or a number is out of its range.</exception>
    /// <exception cref="SnmpErrorStatusException">The agent fails at a root; the others are walked to their ends first.</exception>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; those before are returned.</exception>
    public static IAsyncEnumerable<VarBind> WalkAsync(
        this ISnmpClient client, WalkRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        return StreamAsync(Checked(client), request, cancellationToken);
    }

    private static async IAsyncEnumerable<VarBind> StreamAsync(
        ISnmpClient client, WalkRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var burst in BurstsAsync(client, request, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < burst.Buffer.Count; i++)
            {
                yield return burst.Buffer[i];
            }
        }
    }

    /// <summary>The bursts of a walk, the next one on its way while the caller looks at one, which is gone once he asks for that.</summary>
    private static async IAsyncEnumerable<WalkResult> BurstsAsync(
        ISnmpClient client, WalkRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<WalkResult>? ahead = null;
        try
        {
            var burst = await client.CollectAsync(request, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                if (burst.Next is { } cursor)
                {
                    request = request with { Cursor = cursor, MaxReplies = RepliesAfter(burst, request.MaxReplies) };
                    ahead = client.CollectAsync(request, abandoned.Token).AsTask();
                }

                yield return burst;
                burst.Buffer.Release();
                if (ahead is null)
                {
                    yield break;
                }

                burst = await ahead.ConfigureAwait(false);
                ahead = null;
            }
        }
        finally
        {
            if (ahead is not null)
            {
                await abandoned.CancelAsync().ConfigureAwait(false);
                await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Twice as many, while bursts are small: they cost a switch of threads each, and large ones memory.
    private static int RepliesAfter(WalkResult burst, int replies) =>
        burst.Buffer.Count < ManyVarBinds ? Math.Max(replies, Math.Min(replies * 2, LargestBurst)) : replies;
}
