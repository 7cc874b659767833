using Connections.Snmp.Mibs.Values;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

// SET: by a value that says its type (a plain .NET value does, see SnmpValue's conversions), by a text and a type, or by a text of the type that the MIB has.
public static partial class SnmpClientExtensions
{
    /// <summary>Sets one instance, and returns what the agent says it was set to. Unless the options say otherwise, it is sent once only.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="oid">The instance.</param>
    /// <param name="value">
    /// Its new value. A plain one becomes what is usual: <see langword="int"/> an INTEGER, <see langword="uint"/> a Gauge32, <see langword="ulong"/> a Counter64, a text or octets an
    /// OCTET STRING, an <see cref="Oid"/>, an <see cref="System.Net.IPAddress"/>, a <see cref="TimeSpan"/> TimeTicks.
    /// </param>
    /// <param name="cancellationToken">Ends the wait at any moment; the agent may carry out the SET all the same.</param>
    public static async ValueTask<VarBind> SetAsync(
        this ISnmpClient client, Oid oid, SnmpValue value, CancellationToken cancellationToken = default) =>
        Single(await Checked(client).SendAsync(SnmpRequest.Set(new VarBind(oid, value)), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc cref="SetAsync(ISnmpClient, Oid, SnmpValue, CancellationToken)"/>
    public static ValueTask<VarBind> SetAsync(
        this ISnmpClient client, string oid, SnmpValue value, CancellationToken cancellationToken = default) =>
        client.SetAsync(OidText.Parse(oid), value, cancellationToken);

    /// <summary>Sets one instance to a value that is given as text, of a type that is given too.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="oid">The instance.</param>
    /// <param name="type">The value's type.</param>
    /// <param name="text">The value, as <see cref="SnmpValueText.Parse(SnmpType, string)"/> reads it.</param>
    /// <param name="cancellationToken">Ends the wait at any moment; the agent may carry out the SET all the same.</param>
    /// <exception cref="SnmpParseException">The text is no value of that type; nothing is sent.</exception>
    public static ValueTask<VarBind> SetAsync(
        this ISnmpClient client, Oid oid, SnmpType type, string text, CancellationToken cancellationToken = default) =>
        client.SetAsync(oid, SnmpValueText.Parse(type, text), cancellationToken);

    /// <inheritdoc cref="SetAsync(ISnmpClient, Oid, SnmpType, string, CancellationToken)"/>
    public static ValueTask<VarBind> SetAsync(
        this ISnmpClient client, string oid, SnmpType type, string text, CancellationToken cancellationToken = default) =>
        client.SetAsync(OidText.Parse(oid), type, text, cancellationToken);

    /// <summary>Sets one instance to a value that is given as text, of the type that the MIB has for it: <c>SetAsync("ifAdminStatus.3", "down")</c>.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="oid">The instance.</param>
    /// <param name="text">The value, as <see cref="MibValueText.Parse(string, in Oid, Mibs.MibTree)"/> reads it; an OCTET STRING where nothing is known of the instance.</param>
    /// <param name="cancellationToken">Ends the wait at any moment; the agent may carry out the SET all the same.</param>
    /// <exception cref="SnmpParseException">The text is no value of the object, as the message says; nothing is sent.</exception>
    public static ValueTask<VarBind> SetAsync(this ISnmpClient client, Oid oid, string text, CancellationToken cancellationToken = default) =>
        client.SetAsync(oid, MibValueText.Parse(text, oid), cancellationToken);

    /// <inheritdoc cref="SetAsync(ISnmpClient, Oid, string, CancellationToken)"/>
    public static ValueTask<VarBind> SetAsync(this ISnmpClient client, string oid, string text, CancellationToken cancellationToken = default) =>
        client.SetAsync(OidText.Parse(oid), text, cancellationToken);

    /// <summary>Sets several instances, all or none, and returns what the agent says they were set to.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="varBinds">The instances and their new values.</param>
    /// <param name="cancellationToken">Ends the wait at any moment; the agent may carry out the SET all the same.</param>
    public static async ValueTask<IReadOnlyList<VarBind>> SetAsync(
        this ISnmpClient client, IReadOnlyList<VarBind> varBinds, CancellationToken cancellationToken = default) =>
        All(await Checked(client).SendAsync(SnmpRequest.Set(varBinds), cancellationToken).ConfigureAwait(false));
}
