namespace Connections.Testbeds;

/// <summary>
/// The devices of a lab and their connections, as a YAML file in the manner of pyATS describes them. Immutable and thread-safe.
/// Understood are <c>extends</c>, <c>testbed</c> (name, alias, credentials, defaults, custom), <c>devices</c> (type, os, platform, alias,
/// role, simulated, defaults, credentials, connections, custom), <c>topology</c>, and the markup <c>%{path.of.keys}</c>, <c>%{self}</c>,
/// <c>%ENV{NAME}</c>, <c>%ENV{NAME, default}</c>, <c>%ASK{prompt}</c>, <c>%CLI{name}</c>, <c>%INCLUDE{file}</c>; further keys are kept.
/// The JSON schema of the format is <c>testbed.schema.json</c> beside this source and in the package.
/// </summary>
public sealed class Testbed
{
    internal Testbed(string file, TestbedMapping node)
    {
        File = file;
        Node = node;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The name under <c>testbed</c>, else the file's.</summary>
    public required string Name { get; init; }

    /// <summary>Another name of the testbed.</summary>
    public string? Alias { get; init; }

    /// <summary>The devices by name, in the order in which they were written; at least one.</summary>
    public required IReadOnlyDictionary<string, DeviceDefinition> Devices { get; init; }

    /// <summary>What stands under <c>testbed.custom</c>; empty when nothing does.</summary>
    public required TestbedMapping Custom { get; init; }

    /// <summary>What stands under <c>topology</c>; empty when nothing does.</summary>
    public required TestbedMapping Topology { get; init; }

    /// <summary>All of it after markup, further keys included. It holds the secrets, which its text forms do not show.</summary>
    public TestbedMapping Node { get; }

    /// <summary>Reads a file, and the files that it extends or includes, with the environment and the command line of the process.</summary>
    /// <param name="path">The file, in UTF-8. Paths in it are relative to its directory.</param>
    /// <param name="cancellationToken">Stops the reading between files.</param>
    /// <exception cref="TestbedException">A file cannot be read, or is no testbed; the message says where and why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<Testbed> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        LoadAsync(path, new TestbedOptions(), cancellationToken);

    /// <summary>Reads a file, and the files that it extends or includes.</summary>
    /// <param name="path">The file, in UTF-8. Paths in it are relative to its directory.</param>
    /// <param name="options">Where markup takes its values from. Its functions are called on a thread of the thread pool.</param>
    /// <param name="cancellationToken">Stops the reading between files.</param>
    /// <exception cref="TestbedException">A file cannot be read, or is no testbed; the message says where and why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<Testbed> LoadAsync(string path, TestbedOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => TestbedReader.Load(path, options, cancellationToken), cancellationToken);
    }

    /// <summary>Reads a text, and the files that it extends or includes, with the environment and the command line of the process.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="fileName">What messages call it; the paths in it are relative to its directory.</param>
    /// <exception cref="TestbedException">The text is no testbed, or a file cannot be read; the message says where and why.</exception>
    public static Testbed Parse(string text, string fileName = "testbed.yaml") => Parse(text, fileName, new TestbedOptions());

    /// <summary>Reads a text, and the files that it extends or includes.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="fileName">What messages call it; the paths in it are relative to its directory.</param>
    /// <param name="options">Where markup takes its values from.</param>
    /// <exception cref="TestbedException">The text is no testbed, or a file cannot be read; the message says where and why.</exception>
    public static Testbed Parse(string text, string fileName, TestbedOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(options);
        return TestbedReader.Read(text, fileName, options, new TestbedSource(CancellationToken.None));
    }

    /// <summary>Finds a device by its name or alias.</summary>
    /// <exception cref="UnknownDeviceException">There is none; the message names those that exist.</exception>
    public DeviceDefinition GetDevice(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Devices.GetValueOrDefault(name)
            ?? Devices.Values.FirstOrDefault(device => device.Alias == name)
            ?? throw new UnknownDeviceException($"{File}: the testbed '{Name}' has no device '{name}'; {Spelling.Known(name, [.. Devices.Keys])}") { Device = name };
    }

    /// <summary>Makes a device of this testbed, none of whose connections exist yet. The caller disposes it.</summary>
    /// <param name="name">Its name or alias.</param>
    /// <param name="classes">The connection classes that the testbed may name.</param>
    /// <exception cref="UnknownDeviceException">There is none; the message names those that exist.</exception>
    public Device CreateDevice(string name, ConnectionClasses classes) => new(GetDevice(name).Settings, classes);
}
