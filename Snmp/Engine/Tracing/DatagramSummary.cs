using System.Globalization;
using System.Text;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine.Tracing;

/// <summary>What a message says, in one line. The message may be anything: it comes from the network.</summary>
internal static class DatagramSummary
{
    private const int ShownVarBinds = 8;
    private const int ShownValue = 64;

    internal static string Of(ReadOnlySpan<byte> message, string? decrypted = null)
    {
        var text = new StringBuilder();
        var error = SnmpMessageReader.TryRead(message, out var header);
        if (error == SnmpParseError.UnsupportedVersion && header.Version == SnmpVersion.V3)
        {
            error = AppendSecured(text, message, decrypted);
        }
        else if (error == SnmpParseError.None)
        {
            text.Append(header.Version == SnmpVersion.V1 ? "v1" : "v2c").Append(" community **** ");
            AppendPdu(text, in header);
        }

        return error == SnmpParseError.None ? text.ToString() : $"no SNMP message ({error})";
    }

    /// <summary>What the PDU of a message of SNMPv3 says, in one line.</summary>
    internal static string Of(in ScopedPdu scoped)
    {
        var text = new StringBuilder();
        AppendScoped(text, in scoped);
        return text.ToString();
    }

    private static SnmpParseError AppendSecured(StringBuilder text, ReadOnlySpan<byte> octets, string? decrypted)
    {
        var error = SecuredMessageReader.TryRead(octets, out var message);
        if (error != SnmpParseError.None)
        {
            return error;
        }

        text.Append("v3 message ").Append(message.MessageId).Append(message.IsEncrypted ? " encrypted" : message.IsAuthenticated ? " signed" : "");
        if (message.SecurityModel != SecuredMessage.Usm)
        {
            text.Append(CultureInfo.InvariantCulture, $" security model {message.SecurityModel}");
            return SnmpParseError.None;
        }

        text.Append(CultureInfo.InvariantCulture, $" user '{Line(message.UserName)}' engine {Convert.ToHexString(message.EngineId)}")
            .Append(CultureInfo.InvariantCulture, $" boots {message.Boots} time {message.Time} ");
        if (message.IsEncrypted)
        {
            text.Append(decrypted ?? $"{message.Data.Length} octets that are not decrypted");
            return SnmpParseError.None;
        }

        error = SecuredMessageReader.TryReadScopedPdu(message.Data, out var scoped);
        if (error == SnmpParseError.None)
        {
            AppendScoped(text, in scoped);
        }

        return error;
    }

    private static void AppendScoped(StringBuilder text, in ScopedPdu scoped)
    {
        text.Append(CultureInfo.InvariantCulture, $"context '{Line(scoped.ContextName)}' ");
        AppendPdu(text, in scoped.Header);
    }

    private static void AppendPdu(StringBuilder text, in SnmpMessageHeader header)
    {
        text.Append(header.PduType);
        if (header.PduType == PduType.TrapV1)
        {
            text.Append(CultureInfo.InvariantCulture, $" of {header.Trap.Enterprise} generic {header.Trap.GenericTrap} specific {header.Trap.SpecificTrap}");
        }
        else
        {
            text.Append(' ').Append(header.RequestId);
            AppendFields(text, in header);
        }

        AppendVarBinds(text, header.VarBinds);
    }

    private static void AppendFields(StringBuilder text, in SnmpMessageHeader header)
    {
        if (header.PduType == PduType.GetBulk)
        {
            text.Append(CultureInfo.InvariantCulture, $" non-repeaters {header.ErrorStatusOrNonRepeaters} max-repetitions {header.ErrorIndexOrMaxRepetitions}");
        }
        else if (header.ErrorStatus != SnmpErrorStatus.NoError)
        {
            text.Append(CultureInfo.InvariantCulture, $" error {header.ErrorStatus} at {header.ErrorIndexOrMaxRepetitions}");
        }
    }

    private static void AppendVarBinds(StringBuilder text, ReadOnlySpan<byte> list)
    {
        var reader = new VarBindReader(list);
        var count = 0;
        for (; reader.TryRead(out var slice); count++)
        {
            if (count < ShownVarBinds)
            {
                text.Append(count == 0 ? ": " : ", ").Append(TextOf(slice));
            }
        }

        if (count > ShownVarBinds)
        {
            text.Append(CultureInfo.InvariantCulture, $" and {count - ShownVarBinds} more");
        }

        if (reader.Error != SnmpParseError.None)
        {
            text.Append(CultureInfo.InvariantCulture, $", then what is no varbind ({reader.Error})");
        }
    }

    private static string TextOf(VarBindSlice slice)
    {
        var error = slice.TryToVarBind(out var varBind);
        if (error != SnmpParseError.None)
        {
            return $"({error})";
        }

        return varBind.Value.Type == SnmpType.Null ? varBind.Oid.ToString() : $"{varBind.Oid} = {OneLine(varBind.Value)}";
    }

    private static string Line(ReadOnlySpan<byte> octets) => OneLine(SnmpValue.OctetString(octets));

    private static string OneLine(SnmpValue value)
    {
        var text = value.ToString().ReplaceLineEndings(" ").Replace('\t', ' ');
        return text.Length <= ShownValue ? text : $"{text[..ShownValue]}…";
    }
}
