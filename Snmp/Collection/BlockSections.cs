using System.Buffers.Binary;

namespace Connections.Snmp.Collection;

/// <summary>Where the sections of a block's content stand.</summary>
internal struct BlockSections
{
    internal Range Records;
    internal Range Shapes;
    internal Range Requests;
    internal Range Outcomes;

    /// <summary>Finds the sections; those with tags of a later version are passed over.</summary>
    internal static ResultBlockError TryFind(ReadOnlySpan<byte> content, out BlockSections sections)
    {
        sections = default;
        var found = 0;
        for (var at = 0; at < content.Length;)
        {
            if (content.Length - at < BlockLayout.SectionHeaderLength)
            {
                return ResultBlockError.InvalidSection;
            }

            var tag = BinaryPrimitives.ReadUInt32LittleEndian(content[at..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(content[(at + sizeof(uint))..]);
            at += BlockLayout.SectionHeaderLength;
            if (length > content.Length - at || (tag <= BlockLayout.OutcomesTag && (found & (1 << (int)tag)) != 0))
            {
                return ResultBlockError.InvalidSection;
            }

            sections.Set(tag, at..(at + (int)length));
            found |= tag <= BlockLayout.OutcomesTag ? 1 << (int)tag : 0;
            at = Math.Min(BlockLayout.Aligned(at + (int)length), content.Length);
        }

        const int All = (1 << (int)BlockLayout.RecordsTag) | (1 << (int)BlockLayout.ShapesTag) | (1 << (int)BlockLayout.RequestsTag) | (1 << (int)BlockLayout.OutcomesTag);
        return (found & All) == All ? ResultBlockError.None : ResultBlockError.InvalidSection;
    }

    private void Set(uint tag, Range range)
    {
        switch (tag)
        {
            case BlockLayout.RecordsTag:
                Records = range;
                break;

            case BlockLayout.ShapesTag:
                Shapes = range;
                break;

            case BlockLayout.RequestsTag:
                Requests = range;
                break;

            case BlockLayout.OutcomesTag:
                Outcomes = range;
                break;

            default:
                break;
        }
    }
}
