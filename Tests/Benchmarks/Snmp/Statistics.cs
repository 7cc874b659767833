namespace Connections.Benchmarks.Snmp;

/// <summary>What is told of many measurements.</summary>
internal static class Statistics
{
    /// <summary>The median, or the mean of the two in the middle; NaN of none.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered.Length == 0 ? double.NaN : (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
