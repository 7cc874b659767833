using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Tests.Sharing;

/// <summary>A device that counts who is inside it: each process says when it enters and when it leaves, and must never find another one there.</summary>
internal sealed class ContestedDevice : IAsyncDisposable
{
    private const uint EnterArc = 1;
    private const uint LeaveArc = 2;

    private static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.32473.9");

    private readonly SnmpAgent _agent = new();
    private readonly SimulatedDevice _device;
    private readonly Lock _gate = new();
    private readonly HashSet<uint> _inside = [];
    private readonly List<uint> _entries = [];
    private int _overlaps;

    internal ContestedDevice(string name) => _device = _agent.Add(
        new SimulatedDeviceOptions { Name = name, Data = SyntheticDevice.Create(name, 1), Observer = Note });

    /// <summary>The part of a testbed that leads to it.</summary>
    internal string Address => $"protocol: snmp, ip: {_device.EndPoint.Address}, port: {_device.EndPoint.Port}, timeout: 60, retries: 0";

    /// <summary>Whether it never answers.</summary>
    internal bool IsDeaf
    {
        init => _device.Loss = value ? 1 : 0;
    }

    /// <summary>Waits until it was asked something, though it did not answer.</summary>
    internal Task AskedAsync() => Eventually.UntilAsync(() => _device.Lost > 0);

    /// <summary>How often one entered while another was inside.</summary>
    internal int Overlaps => Read(() => _overlaps);

    /// <summary>Which processes entered, in that order.</summary>
    internal uint[] Entries => Read(() => _entries.ToArray());

    /// <summary>Whether a process is inside.</summary>
    internal bool Holds(int process) => Read(() => _inside.Contains((uint)process));

    /// <summary>Takes note that a process ended inside.</summary>
    internal void Forget(int process) => Read(() => _inside.Remove((uint)process));

    /// <summary>What a process asks for as it enters.</summary>
    internal static Oid EnterOf(int process) => Root.Append(EnterArc, (uint)process);

    /// <summary>What a process asks for as it leaves.</summary>
    internal static Oid LeaveOf(int process) => Root.Append(LeaveArc, (uint)process);

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    private void Note(ArrivedRequest request)
    {
        var name = request.FirstName;
        if (!name.StartsWith(Root) || name.Count != Root.Count + 2)
        {
            return;
        }

        var process = name[Root.Count + 1];
        lock (_gate)
        {
            if (name[Root.Count] == EnterArc)
            {
                _overlaps += _inside.Count > 0 ? 1 : 0;
                _inside.Add(process);
                _entries.Add(process);
            }
            else
            {
                _inside.Remove(process);
            }
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
