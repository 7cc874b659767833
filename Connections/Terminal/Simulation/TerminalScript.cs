using Connections.Testbeds;

namespace Connections.Terminal.Simulation;

/// <summary>
/// What a simulated terminal prints: written by hand in YAML, or recorded from a device. Immutable.
/// </summary>
/// <remarks>
/// <code>
/// name: edge1
/// os: iosxe
/// banner: Unauthorized access is prohibited.
/// login: { user: admin, password: secret }
/// prompt: "{{name}}#"
/// paging: { lines: 24, off: terminal length 0 }
/// delay: 0.01
/// commands:
///   show clock: "12:00:00 UTC"
///   show counters: [first answer, later answers]
///   /show interface (?&lt;port&gt;\S+)/: { output: "{{port}} is up", delay: 0.5 }
///   /noise (?&lt;lines&gt;\d+)/: { output: "a line", repeat: "{{lines}}" }
///   configure terminal: { mode: config }
///   reload: { output: Connection closed., closes: true }
/// modes:
///   config:
///     prompt: "{{name}}(config)#"
///     commands: { end: { mode: base }, /.*/: "" }
/// </code>
/// Outputs are those of <see cref="ScriptedCommand.Outputs"/>; one line break at the end of an output does not count.
/// </remarks>
public sealed record TerminalScript
{
    /// <summary>The name of the device, for <c>{{name}}</c>.</summary>
    public string Name { get; init; } = "device";

    /// <summary>The platform that the device behaves like, as a testbed has it under <c>os</c>; null for none that is known.</summary>
    public string? Os { get; init; }

    /// <summary>What is printed first.</summary>
    public string Banner { get; init; } = "";

    /// <summary>How it asks for a user; null if it does not.</summary>
    public ScriptedLogin? Login { get; init; }

    /// <summary>How it stops for pages; null if it does not.</summary>
    public ScriptedPaging? Paging { get; init; }

    /// <summary>Whether it repeats the lines that it is sent.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>How long every command takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What it prints to a line that it does not understand; an empty one is understood.</summary>
    public string Unknown { get; init; } = "% Invalid input: {{command}}";

    /// <summary>The mode that a session starts in.</summary>
    public ScriptedMode Base { get; init; } = new() { Prompt = "{{name}}#" };

    /// <summary>The other modes by name.</summary>
    public IReadOnlyDictionary<string, ScriptedMode> Modes { get; init; } = new Dictionary<string, ScriptedMode>();

    /// <summary>Reads a script from a file.</summary>
    /// <exception cref="TestbedException">It cannot be read, or is malformed; the message names file, line and key.</exception>
    public static TerminalScript Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(new TestbedSource(CancellationToken.None).Read(path, asker: null), path);
    }

    /// <summary>Reads a script.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">How errors name it.</param>
    /// <exception cref="TestbedException">It is malformed; the message names line and key.</exception>
    public static TerminalScript Parse(string text, string file = "script")
    {
        ArgumentNullException.ThrowIfNull(text);
        return TerminalScriptReader.Read(YamlReader.Read(text, file, NodePath.Top, new NodeBudget()));
    }

    /// <summary>The script as <see cref="Parse"/> reads it.</summary>
    public string ToYaml() => TerminalScriptWriter.Write(this);

    /// <summary>A router that was made up: it understands some commands that show things, and a configuration mode that takes any line.</summary>
    /// <param name="name">The name of the device.</param>
    public static TerminalScript Synthetic(string name) => SyntheticTerminal.Create(name);
}
