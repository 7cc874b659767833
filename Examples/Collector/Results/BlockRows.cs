using Connections.Collector.Rates;
using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>Makes rows of blocks, with rates where they are wanted. Blocks come one at a time, in their order.</summary>
internal sealed class BlockRows(RateCalculator? rates)
{
    internal IReadOnlyList<CollectedRow> Of(ResultBlock block)
    {
        var rows = new List<CollectedRow>(block.RecordCount);
        rates?.Observe(block.Rows());
        foreach (var row in block.Rows())
        {
            rows.Add(new CollectedRow(row, rates?.RateOf(row)));
        }

        return rows;
    }
}
