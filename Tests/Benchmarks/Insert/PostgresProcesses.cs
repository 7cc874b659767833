using System.Globalization;
using Npgsql;

namespace Connections.Benchmarks.Insert;

/// <summary>The processor time that a PostgreSQL of this machine has taken: all its processes, those that have ended too.</summary>
internal sealed class PostgresProcesses
{
    // USER_HZ, which Linux has for programs whatever its own clock is.
    private const double TicksPerSecond = 100;

    // Fields of /proc/ID/stat, counted from the one after the name.
    private const int User = 11;
    private const int Own = 2;
    private const int WithChildren = 4;

    private readonly string _process;

    private PostgresProcesses(string process) => _process = process;

    internal static async Task<PostgresProcesses> FindAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SHOW data_directory", connection);
        var folder = (string)(await command.ExecuteScalarAsync())!;
        return new PostgresProcesses(File.ReadLines(Path.Combine(folder, "postmaster.pid")).First());
    }

    internal TimeSpan ProcessorTime() => TimeSpan.FromSeconds(
        (TicksOf(_process, WithChildren) + File.ReadAllText($"/proc/{_process}/task/{_process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(static child => TicksOf(child, Own)))
        / TicksPerSecond);

    private static long TicksOf(string process, int fields)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ').Skip(User).Take(fields).Sum(static ticks => long.Parse(ticks, CultureInfo.InvariantCulture));
    }
}
