using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>The SNMP operations on any <see cref="ISnmpClient"/>: a connection, a pool or a handle on the engine.</summary>
/// <remarks>
/// All of them throw what <see cref="ISnmpClient.SendAsync"/> throws, and <see cref="SnmpErrorStatusException"/> when the agent
/// reports an error. OIDs given as text throw <see cref="SnmpParseException"/> if they are none.
/// </remarks>
public static partial class SnmpClientExtensions
{
    /// <summary>Gets one instance. A missing one is an exception value in SNMPv2c, and an error (noSuchName) in SNMPv1.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="oid">The instance.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    public static async ValueTask<VarBind> GetAsync(this ISnmpClient client, Oid oid, CancellationToken cancellationToken = default) =>
        Single(await Checked(client).SendAsync(SnmpRequest.Get(oid), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="GetAsync(ISnmpClient, Oid, CancellationToken)"/>
    public static ValueTask<VarBind> GetAsync(this ISnmpClient client, string oid, CancellationToken cancellationToken = default) =>
        client.GetAsync(OidText.Parse(oid), cancellationToken);

    /// <summary>Gets several instances by one request, in the order asked.</summary>
    /// <inheritdoc cref="GetAsync(ISnmpClient, Oid, CancellationToken)"/>
    public static async ValueTask<IReadOnlyList<VarBind>> GetAsync(
        this ISnmpClient client, IReadOnlyList<Oid> oids, CancellationToken cancellationToken = default) =>
        All(await Checked(client).SendAsync(SnmpRequest.Get(oids), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="GetAsync(ISnmpClient, IReadOnlyList{Oid}, CancellationToken)"/>
    public static ValueTask<IReadOnlyList<VarBind>> GetAsync(
        this ISnmpClient client, IReadOnlyList<string> oids, CancellationToken cancellationToken = default) =>
        client.GetAsync(OidText.Parse(oids), cancellationToken);

    /// <summary>Gets the instance that follows an OID; past the last one, endOfMibView in SNMPv2c, noSuchName in SNMPv1.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="oid">The OID to start after; it need not exist.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    public static async ValueTask<VarBind> GetNextAsync(this ISnmpClient client, Oid oid, CancellationToken cancellationToken = default) =>
        Single(await Checked(client).SendAsync(SnmpRequest.GetNext(oid), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="GetNextAsync(ISnmpClient, Oid, CancellationToken)"/>
    public static ValueTask<VarBind> GetNextAsync(this ISnmpClient client, string oid, CancellationToken cancellationToken = default) =>
        client.GetNextAsync(OidText.Parse(oid), cancellationToken);

    /// <summary>Gets the instances that follow several OIDs, by one request.</summary>
    /// <inheritdoc cref="GetNextAsync(ISnmpClient, Oid, CancellationToken)"/>
    public static async ValueTask<IReadOnlyList<VarBind>> GetNextAsync(
        this ISnmpClient client, IReadOnlyList<Oid> oids, CancellationToken cancellationToken = default) =>
        All(await Checked(client).SendAsync(SnmpRequest.GetNext(oids), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="GetNextAsync(ISnmpClient, IReadOnlyList{Oid}, CancellationToken)"/>
    public static ValueTask<IReadOnlyList<VarBind>> GetNextAsync(
        this ISnmpClient client, IReadOnlyList<string> oids, CancellationToken cancellationToken = default) =>
        client.GetNextAsync(OidText.Parse(oids), cancellationToken);

    /// <summary>Gets many successors by one request (RFC 3416 section 4.2.3).</summary>
    /// <param name="client">The agent.</param>
    /// <param name="nonRepeaters">How many of the first OIDs have one successor only; 0 or more.</param>
    /// <param name="maxRepetitions">How many successors each further OID has at most; 0 or more.</param>
    /// <param name="oids">The OIDs to start after.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    /// <exception cref="SnmpException">The connection speaks SNMPv1, which has no GETBULK.</exception>
    public static async ValueTask<IReadOnlyList<VarBind>> GetBulkAsync(
        this ISnmpClient client, int nonRepeaters, int maxRepetitions, IReadOnlyList<Oid> oids, CancellationToken cancellationToken = default)
    {
        var request = SnmpRequest.GetBulk(nonRepeaters, maxRepetitions, oids);
        return All(await Checked(client).SendAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc cref="GetBulkAsync(ISnmpClient, int, int, IReadOnlyList{Oid}, CancellationToken)"/>
    public static ValueTask<IReadOnlyList<VarBind>> GetBulkAsync(
        this ISnmpClient client, int nonRepeaters, int maxRepetitions, IReadOnlyList<string> oids, CancellationToken cancellationToken = default) =>
        client.GetBulkAsync(nonRepeaters, maxRepetitions, OidText.Parse(oids), cancellationToken);

    private static ISnmpClient Checked(ISnmpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client;
    }

    private static VarBind Single(SnmpResponse response)
    {
        response.ThrowIfError();
        return response.VarBinds is [var varBind, ..]
            ? varBind
            : throw new SnmpException("The agent answered without the varbind that was asked for.");
    }

    private static IReadOnlyList<VarBind> All(SnmpResponse response)
    {
        response.ThrowIfError();
        return response.VarBinds;
    }
}
