using Connections.Benchmarks.Snmp;

namespace Connections.Benchmarks.Insert;

/// <summary>A PostgreSQL of the benchmark's own, as the tests start theirs; it prints its connection string, and ends with its input.</summary>
internal static class PostgresServer
{
    private const string Script = """
        set -euo pipefail
        export PATH="$PATH:/usr/sbin:/sbin"
        source "$1/common.sh"
        source "$1/postgres.sh"
        work=$(mktemp -d)
        trap 'stop_postgres; rm -rf "$work"' EXIT
        start_postgres "$work/postgres" >/dev/null
        echo "$CONNECTIONS_POSTGRES"
        cat >/dev/null
        """;

    internal static ChildProcess Start()
    {
        var processors = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0-{Environment.ProcessorCount - 1}");
        return ChildProcess.StartProgram(processors, "bash", "-c", Script, "postgres", ServersFolder());
    }

    // The benchmark runs from the project's own folders.
    private static string ServersFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var servers = Path.Combine(folder.FullName, "Tests", "Servers");
            if (Directory.Exists(servers))
            {
                return servers;
            }
        }

        throw new InvalidOperationException("The scripts that start servers, Tests/Servers, are not above the benchmark.");
    }
}
