using System.Diagnostics.CodeAnalysis;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Protocol;

// Messages of SNMPv3: a header and the parameters of USM in front, and around the PDU a scope, which may become encrypted.
internal ref partial struct SnmpMessageWriter
{
    /// <summary>Begins a message of SNMPv3, which <see cref="UsmKeys.Protect"/> is to protect once it is complete.</summary>
    public SnmpMessageWriter(
        Span<byte> buffer,
        scoped in SecuredFields fields,
        PduType type,
        int requestId,
        int errorStatusOrNonRepeaters = 0,
        int errorIndexOrMaxRepetitions = 0)
    {
        _writer = new BerWriter(buffer);
        _messageStart = _writer.Open(BerTag.Sequence);
        _writer.WriteInteger(BerTag.Integer, (int)SnmpVersion.V3);
        WriteHeader(fields);
        WriteSecurity(fields);
        _blockLength = fields.BlockLength;
        if ((fields.Flags & SecuredFlags.Encrypted) != 0)
        {
            _encryptedStart = _writer.Open(BerTag.OctetString);
        }

        _scopeStart = _writer.Open(BerTag.Sequence);
        _writer.WriteOctets(BerTag.OctetString, fields.ContextEngineId);
        _writer.WriteOctets(BerTag.OctetString, fields.ContextName);
        _pduStart = _writer.Open((byte)type);
        RequestIdOffset = _writer.WriteFixedInteger(requestId);
        _writer.WriteInteger(BerTag.Integer, errorStatusOrNonRepeaters);
        _writer.WriteInteger(BerTag.Integer, errorIndexOrMaxRepetitions);
        _listStart = _writer.Open(BerTag.Sequence);
    }

    /// <summary>Where the parts of the complete message are that protecting it changes.</summary>
    [UnscopedRef]
    public readonly ref readonly SecuredLayout Layout => ref _layout;

    private void WriteHeader(scoped in SecuredFields fields)
    {
        const int FlagsLength = 3;
        const int ModelLength = 3;
        const int FixedLength = 2 + sizeof(int);
        _writer.WriteHeader(BerTag.Sequence, FixedLength + IntegerLength(fields.MaxSize) + FlagsLength + ModelLength);
        _writer.WriteFixedInteger(fields.MessageId);
        _writer.WriteInteger(BerTag.Integer, fields.MaxSize);
        _writer.WriteOctets(BerTag.OctetString, [(byte)fields.Flags]);
        _writer.WriteInteger(BerTag.Integer, SecuredMessage.Usm);
    }

    private void WriteSecurity(scoped in SecuredFields fields)
    {
        var isEncrypted = (fields.Flags & SecuredFlags.Encrypted) != 0;
        var saltLength = isEncrypted ? PrivacyAlgorithm.SaltLength : 0;
        var length = BerWriter.WholeLength(fields.EngineId.Length) + IntegerLength(fields.Boots) + IntegerLength(fields.Time)
            + BerWriter.WholeLength(fields.UserName.Length) + BerWriter.WholeLength(fields.MacLength) + BerWriter.WholeLength(saltLength);
        Span<byte> zeros = stackalloc byte[AuthenticationAlgorithm.LongestHash];
        zeros.Clear();
        _writer.WriteHeader(BerTag.OctetString, BerWriter.WholeLength(length));
        _writer.WriteHeader(BerTag.Sequence, length);
        _writer.WriteOctets(BerTag.OctetString, fields.EngineId);
        _writer.WriteInteger(BerTag.Integer, fields.Boots);
        _writer.WriteInteger(BerTag.Integer, fields.Time);
        _writer.WriteOctets(BerTag.OctetString, fields.UserName);
        _writer.WriteOctets(BerTag.OctetString, zeros[..fields.MacLength]);
        var macOffset = _writer.Position - fields.MacLength;
        _writer.WriteOctets(BerTag.OctetString, zeros[..saltLength]);
        _layout = new SecuredLayout(macOffset, fields.MacLength, _writer.Position - saltLength, 0, 0, fields.Boots, fields.Time);
    }

    private static int IntegerLength(int value) => BerWriter.WholeLength(BerInteger.Length(value));

    // Returns by how much the PDU moved.
    private int CloseScope()
    {
        if (_scopeStart == 0)
        {
            return 0;
        }

        var moved = _writer.Close(_scopeStart);
        if (_encryptedStart == 0)
        {
            return moved;
        }

        while ((_writer.Position - _encryptedStart) % _blockLength != 0 && !_writer.Overflowed)
        {
            _writer.WriteZero();
        }

        var length = _writer.Position - _encryptedStart;
        var movedAgain = _writer.Close(_encryptedStart);
        _layout = _layout with { EncryptedOffset = _encryptedStart + movedAgain, EncryptedLength = length };
        return moved + movedAgain;
    }

    private void MoveSecuredOffsets(int distance)
    {
        if (_scopeStart != 0)
        {
            _layout = _layout with
            {
                MacOffset = _layout.MacOffset + distance,
                SaltOffset = _layout.SaltOffset + distance,
                EncryptedOffset = _layout.EncryptedOffset + distance,
            };
        }
    }

    private readonly int ScopeGrowth(int end)
    {
        if (_scopeStart == 0)
        {
            return 0;
        }

        var growth = BerWriter.ExtraLengthOctets(end - _scopeStart);
        if (_encryptedStart != 0)
        {
            growth += _blockLength - 1;
            growth += BerWriter.ExtraLengthOctets(end + growth - _encryptedStart);
        }

        return growth;
    }
}
