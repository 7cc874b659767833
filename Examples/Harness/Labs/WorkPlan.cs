using Connections.Snmp;
using Connections.Terminal;

namespace Connections.Harness.Labs;

/// <summary>Decides which commands go to which connections of which devices.</summary>
/// <param name="selection">The devices.</param>
/// <param name="words">The commands as they were written.</param>
/// <param name="options">The alias to use on each device, null for that which a command fits; and its pool.</param>
/// <param name="trace">The file that all SNMP messages are to be written to; none if null.</param>
internal sealed class WorkPlan(Selection selection, IReadOnlyList<string> words, ConnectOptions options, string? trace)
{
    private readonly Dictionary<(Device, string), LabDevice> _used = [];

    /// <summary>Plans the work, in the order of the devices; connections are made, and not connected.</summary>
    /// <exception cref="UnknownAliasException">A device has no such connection.</exception>
    /// <exception cref="UsageException">The commands make no sense, or a device has nothing to do.</exception>
    internal IReadOnlyList<DeviceWork> Create() => options.Alias is { } alias
        ? [.. selection.Members.Select(device => WorkOn(device, alias))]
        : [.. PlanFor(Read())];

    private IEnumerable<DeviceWork> PlanFor(IReadOnlyList<ILabCommand> commands)
    {
        foreach (var device in selection.Members)
        {
            var fitting = commands.Select(command => (Command: command, Alias: command.AliasOn(device))).Where(static choice => choice.Alias is not null).ToList();
            if (fitting.Count == 0)
            {
                throw new UsageException(
                    $"The device '{device.Name}' has no connection for '{commands[0]}'; it has {ConnectionChoice.Listed(device.Settings)}. "
                    + "Choose other devices with --device, --type or --role, or a connection with --alias, which then gets the commands as they stand.");
            }

            yield return new DeviceWork(device, [.. fitting.Select((choice, number) => new DeviceCommand(Use(device, choice.Alias!), choice.Command, number))]);
        }
    }

    private DeviceWork WorkOn(Device device, string alias)
    {
        ConnectionChoice.Require(device.Settings, alias);
        var commands = ConnectionChoice.Serves<ITerminal>(device, alias) ? CommandWords.Lines(words) : CommandWords.Operations(words);
        var connection = Use(device, alias);
        return new DeviceWork(device, [.. commands.Select((command, number) => new DeviceCommand(connection, command, number))]);
    }

    private IReadOnlyList<ILabCommand> Read() =>
        !Has<ITerminal>() ? CommandWords.Operations(words) : Has<ISnmpClient>() ? CommandWords.Mixed(words) : CommandWords.Lines(words);

    private bool Has<TClient>()
        where TClient : class => selection.Members.Any(static device => ConnectionChoice.AliasOf<TClient>(device) is not null);

    private LabDevice Use(Device device, string alias)
    {
        if (!_used.TryGetValue((device, alias), out var connection))
        {
            _used.Add((device, alias), connection = selection.Use(device, options with { Alias = alias }, trace));
        }

        return connection;
    }
}
