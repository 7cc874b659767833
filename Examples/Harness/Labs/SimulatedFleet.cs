using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Labs;

/// <summary>What many simulated devices are: models that they take turns with, so that thousands of them share a few sets of variables.</summary>
internal sealed class SimulatedFleet
{
    private const string SyntheticName = "router";
    private const int SyntheticModels = 16;
    private static readonly Oid SysName = new(1, 3, 6, 1, 2, 1, 1, 5, 0);

    private readonly IReadOnlyList<Model> _models;

    private SimulatedFleet(IReadOnlyList<Model> models, bool isSynthetic, int count)
    {
        _models = models;
        IsSynthetic = isSynthetic;
        Count = count;
    }

    internal int Count { get; }

    private bool IsSynthetic { get; }

    /// <summary>Devices of synthetic routers.</summary>
    internal static SimulatedFleet Synthetic(int count, int interfaces) => new(
        [.. Enumerable.Range(1, Math.Min(count, SyntheticModels)).Select(seed => new Model(SyntheticName, SyntheticDevice.Create(SyntheticName, seed, interfaces)))],
        isSynthetic: true,
        count);

    /// <summary>Devices of recordings.</summary>
    /// <param name="files">The recordings, at least one.</param>
    /// <param name="count">How many devices; one for each recording if null.</param>
    /// <param name="isMoving">Whether up times and counters go on.</param>
    /// <exception cref="UsageException">A recording cannot be read; the message names file and line.</exception>
    internal static SimulatedFleet Recorded(IReadOnlyList<string> files, int? count, bool isMoving) =>
        new([.. files.Select(file => Load(file, isMoving))], isSynthetic: false, count ?? files.Count);

    /// <summary>Adds the devices to an agent, each where it follows the one before.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="template">Everything but names and data.</param>
    internal IEnumerable<SimulatedDevice> AddTo(SnmpAgent agent, SimulatedDeviceOptions template)
    {
        var index = 0;
        foreach (var options in template.Repeat(Count))
        {
            var model = _models[index % _models.Count];
            var name = IsSynthetic || Count > _models.Count ? $"{model.Name}-{index + 1}" : model.Name;
            var device = agent.Add(options with { Name = name, Data = model.Data });
            if (IsSynthetic)
            {
                device.Write(SysName, SnmpValue.OctetString(name));
            }

            index++;
            yield return device;
        }
    }

    /// <summary>Reads a recording.</summary>
    /// <exception cref="UsageException">It cannot be read; the message names file and line.</exception>
    internal static MibData LoadRecording(string file)
    {
        try
        {
            return Recording.Load(file);
        }
        catch (RecordingException error)
        {
            throw new UsageException(error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The recording '{file}' cannot be read: {error.Message}", error);
        }
    }

    private static Model Load(string file, bool isMoving)
    {
        var data = LoadRecording(file);
        return new Model(Path.GetFileNameWithoutExtension(file), isMoving ? data.Moving() : data);
    }

    private sealed record Model(string Name, MibData Data);
}
