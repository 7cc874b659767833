using Connections.Testbeds;

namespace Connections.Terminal;

/// <summary>
/// The platforms of terminals by name: <c>ios</c>, <c>iosxe</c>, <c>iosxr</c>, <c>nxos</c>, <c>asa</c>, <c>eos</c>, <c>junos</c>, <c>linux</c>,
/// <c>unix</c>, and those that a program registers. Thread-safe.
/// </summary>
public static class TerminalPlatforms
{
    private const string Resource = "platforms.yaml";

    private static readonly Lock Gate = new();
    private static readonly Lazy<Dictionary<string, TerminalPlatform>> Known = new(ReadTable);

    /// <summary>Adds a platform, or replaces it.</summary>
    /// <param name="name">The name as testbeds write it under <c>os</c> or <c>platform</c>; case is ignored.</param>
    /// <param name="platform">What is known of it.</param>
    public static void Register(string name, TerminalPlatform platform)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(platform);
        lock (Gate)
        {
            Known.Value[name] = platform;
        }
    }

    /// <summary>The platform of a name, case ignored; <see cref="TerminalPlatform.Unknown"/> for another name, and for null.</summary>
    public static TerminalPlatform Find(string? name)
    {
        lock (Gate)
        {
            return name is null ? TerminalPlatform.Unknown : Known.Value.GetValueOrDefault(name, TerminalPlatform.Unknown);
        }
    }

    /// <summary>Whether a name is known.</summary>
    internal static bool Contains(string name)
    {
        lock (Gate)
        {
            return Known.Value.ContainsKey(name);
        }
    }

    private static Dictionary<string, TerminalPlatform> ReadTable()
    {
        using var stream = typeof(TerminalPlatforms).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var table = YamlReader.Read(reader.ReadToEnd(), Resource, NodePath.Top, new NodeBudget()).AsMapping("platforms by name");
        return table.Entries.ToDictionary(
            static entry => entry.Key, static entry => Read(entry.Value.AsMapping("a platform")), StringComparer.OrdinalIgnoreCase);
    }

    private static TerminalPlatform Read(TestbedMapping node)
    {
        var configure = node.Mapping("configure", "enter and leave");
        return new TerminalPlatform
        {
            Prompt = node.Text("prompt"),
            Echo = node.Flag("echo") switch { true => TerminalEcho.On, false => TerminalEcho.Off, null => TerminalEcho.Unknown },
            Setup = node.Lines("setup"),
            Enable = node.Text("enable"),
            EnterConfiguration = configure.Lines("enter"),
            LeaveConfiguration = configure.Lines("leave"),
            Trailer = node.Text("trailer"),
            IsStateless = node.Flag("stateless") ?? false,
        };
    }

    /// <summary>The single values under a key; none when the key is missing.</summary>
    internal static IReadOnlyList<string> Lines(this TestbedMapping node, string key) => !node.TryGet(key, out var found) ? [] : found switch
    {
        TestbedScalar { IsNull: true } => [],
        TestbedScalar scalar => [scalar.Value],
        TestbedSequence list => [.. list.Items.Select(static item => item is TestbedScalar scalar
            ? scalar.Value
            : throw TestbedException.At(item, $"this is {item.Kind}; expected a line"))],
        _ => throw TestbedException.At(found, $"this is {found.Kind}; expected a line or a list of lines"),
    };
}
