using System.CommandLine;

namespace Connections.Harness.Commands;

/// <summary>The option for the engine that a command is in SNMPv3.</summary>
internal static class EngineOption
{
    internal static Option<string?> Create() => new("--engine")
    {
        Description = "A file that keeps this engine's ID of SNMPv3 and how often it was started; made if there is none. A new engine each time if left out.",
        HelpName = "FILE",
    };
}
