namespace Connections.Terminal.Simulation;

/// <summary>Makes up a router's command line.</summary>
internal static class SyntheticTerminal
{
    public static TerminalScript Create(string name) => TerminalScript.Parse(
        """
        os: ios
        banner: "This is a simulated device.\n"
        paging: { lines: 24, off: terminal length 0 }
        commands:
          terminal length 0:
          terminal width 511:
          show clock: "12:00:00.000 UTC Mon Jan 1 2024"
          show version: |
            Connections simulated router, version 1.0
            {{name}} uptime is 20 days, 11 hours, 10 minutes
            4 Ethernet interfaces
          show interfaces: |
            Ethernet1 is up, line protocol is up
            Ethernet2 is up, line protocol is up
            Ethernet3 is down, line protocol is down
            Ethernet4 is up, line protocol is up
          /show interfaces? (?<port>\S+)/: "{{port}} is up, line protocol is up"
          show running-config: |
            !
            hostname {{name}}
            !
            interface Ethernet1
             ip address 192.0.2.1 255.255.255.0
            !
            end
          configure terminal: { mode: config, output: "Enter configuration commands, one per line." }
        modes:
          config:
            prompt: "{{name}}(config)#"
            commands: { end: { mode: base }, exit: { mode: base }, /.*/: "" }
        """) with
    { Name = name };
}
