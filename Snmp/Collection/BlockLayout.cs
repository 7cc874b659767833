namespace Connections.Snmp.Collection;

/// <summary>Where things stand in a block; ResultBlock.md has it in words. All numbers are little-endian.</summary>
internal static class BlockLayout
{
    internal const uint Magic = 0x4252_4E43; // "CNRB"
    internal const byte Major = 1;
    internal const byte Minor = 0;

    internal const int HeaderLength = 64;
    internal const int MajorAt = 4;
    internal const int MinorAt = 5;
    internal const int FlagsAt = 6;
    internal const int LengthAt = 8;
    internal const int ChecksumAt = 12;
    internal const int SequenceAt = 16;
    internal const int ShapeAt = 24;
    internal const int ContentLengthAt = 32;
    internal const int RecordCountAt = 36;
    internal const int RunCountAt = 40;
    internal const int RequestCountAt = 44;

    /// <summary>The content is one Brotli stream (RFC 7932).</summary>
    internal const ushort CompressedFlag = 1;

    /// <summary>The flags that a reader must know to read on; those above may be ignored.</summary>
    internal const ushort CriticalFlags = 0x00FF;

    internal const int SectionHeaderLength = 8;
    internal const int Alignment = 8;
    internal const uint RecordsTag = 1;
    internal const uint ShapesTag = 2;
    internal const uint RequestsTag = 3;
    internal const uint OutcomesTag = 4;

    internal const int RunHeaderLength = 24;
    internal const int RunRecordCountAt = 4;
    internal const int RunRequestAt = 8;
    internal const int RunTimestampAt = 16;

    internal const int RecordHeaderLength = 10;
    internal const int RecordTypeAt = 2;
    internal const int RecordFlagsAt = 3;
    internal const int RecordIndexLengthAt = 4;
    internal const int RecordValueLengthAt = 6;

    internal const int ShapeHeaderLength = 16;
    internal const byte RangeHasStart = 1;
    internal const byte RangeHasStop = 2;

    internal const int RequestHeaderLength = 8;

    internal const int OutcomeHeaderLength = 32;
    internal const int ErrorHeaderLength = 10;
    internal const ushort NoRoot = ushort.MaxValue;

    /// <summary>The longest name of a request or a device, in octets.</summary>
    internal const int MaxTextLength = 1_024;

    /// <summary>The longest message of an error, in octets; a longer one is cut.</summary>
    internal const int MaxMessageLength = 4_096;

    internal static int Aligned(int length) => (length + Alignment - 1) & -Alignment;
}
