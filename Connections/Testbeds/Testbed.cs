namespace Connections.Testbeds;

/// <summary>
/// The devices of a lab and their connections, as a YAML file in the manner of pyATS describes them. Immutable and thread-safe.
/// Understood are <c>testbed</c> (name, credentials, defaults, custom), <c>devices</c> (type, os, alias, role, simulated, defaults,
/// credentials, connections, custom), <c>topology</c>, and the markup <c>%ENV{NAME}</c>, <c>%ENV{NAME, default}</c>,
/// <c>%{path.of.keys}</c>, <c>%{self}</c>; further keys are kept.
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

    /// <summary>The devices by name, in the order in which they were written; at least one.</summary>
    public required IReadOnlyDictionary<string, DeviceDefinition> Devices { get; init; }

    /// <summary>What stands under <c>testbed.custom</c>; empty when nothing does.</summary>
    public required TestbedMapping Custom { get; init; }

    /// <summary>What stands under <c>topology</c>; empty when nothing does.</summary>
    public required TestbedMapping Topology { get; init; }

    /// <summary>All of it after markup. It may hold secrets.</summary>
    public TestbedMapping Node { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="TestbedException">The file cannot be read, or is no testbed; the message says where and why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<Testbed> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text;
        try
        {
            text = await System.IO.File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TestbedException("there is no such file", path, innerException: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TestbedException($"the testbed cannot be read: {error.Message}", path, innerException: error);
        }

        return Parse(text, path);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="fileName">What messages call it; the paths in it are relative to its directory.</param>
    /// <exception cref="TestbedException">The text is no testbed; the message says where and why.</exception>
    public static Testbed Parse(string text, string fileName = "testbed.yaml") =>
        Parse(text, fileName, Environment.GetEnvironmentVariable);

    internal static Testbed Parse(string text, string fileName, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        return TestbedReader.Read(text, fileName, environment);
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
