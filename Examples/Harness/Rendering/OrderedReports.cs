using Connections.Harness.Labs;

namespace Connections.Harness.Rendering;

/// <summary>
/// Prints reports in the order of the devices, though they come as devices end: each as soon as those before it are printed; on a terminal, where progress is shown, all at the end.
/// Not thread-safe.
/// </summary>
internal sealed class OrderedReports(IReportWriter writer)
{
    private readonly Dictionary<int, DeviceReport> _ahead = [];
    private readonly bool _isHeld = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
    private int _next;

    internal void Add(int index, DeviceReport report)
    {
        _ahead.Add(index, report);
        if (!_isHeld)
        {
            Flush();
        }
    }

    /// <summary>Prints those whose turn it is.</summary>
    internal void Flush()
    {
        while (_ahead.Remove(_next, out var report))
        {
            writer.Write(report);
            _next++;
        }
    }
}
