namespace Connections.Tests.Devices;

/// <summary>Devices made for tests.</summary>
internal static class Lab
{
    /// <summary>A device with echoing connections of these names.</summary>
    public static Device Device(EchoDevice line, params string[] connections) =>
        Device(line, new DeviceSettings { Name = "r1" }, connections);

    public static Device Device(EchoDevice line, DeviceOptions options, params string[] connections) =>
        Device(line, new DeviceSettings { Name = "r1" }, options, connections);

    public static Device Device(EchoDevice line, DeviceSettings settings, params string[] connections) =>
        Device(line, settings, new DeviceOptions(), connections);

    private static Device Device(EchoDevice line, DeviceSettings settings, DeviceOptions options, string[] connections) =>
        new(
            settings with { Connections = connections.ToDictionary(static name => name, name => Settings(settings.Name, name)) },
            new ConnectionClasses().Add("echo", own => new EchoConnection(own, line)),
            options);

    public static ConnectionSettings Settings(string device, string name) =>
        new() { DeviceName = device, Alias = name, Via = name, Class = "echo" };
}
