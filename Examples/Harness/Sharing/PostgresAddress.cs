using System.Globalization;
using Connections.Pooling;
using Npgsql;

namespace Connections.Harness.Sharing;

/// <summary>
/// A PostgreSQL database that keeps locks: <c>postgres://USER@HOST:PORT/DATABASE</c>, with <c>?sslmode=require</c> or another mode of libpq's where it is wanted. The
/// password is the credential <c>postgres</c> of the testbed, else <c>PGPASSWORD</c> or the password file.
/// </summary>
internal sealed record PostgresAddress
{
    internal static readonly string[] Schemes = ["postgres", "postgresql"];

    private const int DefaultPort = 5432;
    private const string SslMode = "sslmode";
    private const string Form = "postgres://user@server:5432/database";

    private readonly string _connectionString;

    private PostgresAddress(NpgsqlConnectionStringBuilder builder)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{builder.Host}:{builder.Port}/{builder.Database}");
        _connectionString = builder.ConnectionString;
    }

    /// <summary>Host, port and database, as messages name them.</summary>
    internal string Name { get; }

    /// <summary>The server that a connection names.</summary>
    /// <exception cref="ConnectionException">What it names makes no sense; the message does not show it, since a password may be in it.</exception>
    internal static PostgresAddress Of(ConnectionSettings settings)
    {
        if (!Uri.TryCreate(settings.SharedBy, UriKind.Absolute, out var address) || !Schemes.Contains(address.Scheme))
        {
            throw Refused(settings, $"what 'shared' names must be true, host, or an address such as {Form}");
        }

        var user = Uri.UnescapeDataString(address.UserInfo);
        var database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        if (address.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw Refused(settings, "the address that 'shared' names has a password, which does not belong there: give it as the password of the credentials 'postgres', or by PGPASSWORD");
        }

        if (user.Length == 0 || address.Host.Length == 0 || database.Length == 0)
        {
            throw Refused(settings, $"the address that 'shared' names needs a user, a host and a database: {Form}");
        }

        return new PostgresAddress(new NpgsqlConnectionStringBuilder
        {
            Host = address.IdnHost,
            Port = address.IsDefaultPort || address.Port < 0 ? DefaultPort : address.Port,
            Username = user,
            Password = settings.CredentialsByName.GetValueOrDefault(Schemes[0])?.Password?.Reveal(),
            Database = database,
            SslMode = ModeOf(settings, address.Query),
            ApplicationName = PostgresSession.Application,
            Timeout = PostgresSession.ConnectSeconds,
            CommandTimeout = 0,
            Enlist = false,

            // A session is a holder: what is closed must be gone.
            Pooling = false,

            // A server that went silently is noticed by the kernel.
            TcpKeepAlive = true,
            TcpKeepAliveTime = 10,
            TcpKeepAliveInterval = 5,
        });
    }

    /// <summary>Not connected yet.</summary>
    internal NpgsqlConnection NewConnection() => new(_connectionString);

    public override string ToString() => Name;

    private static SslMode ModeOf(ConnectionSettings settings, string query)
    {
        if (query.Length == 0)
        {
            return Npgsql.SslMode.Prefer;
        }

        return query[1..].Split('=') is [SslMode, var mode] && Enum.TryParse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var found)
            && Enum.IsDefined(found)
            ? found
            : throw Refused(settings, "after the question mark the address that 'shared' names may have sslmode=disable, allow, prefer, require, verify-ca or verify-full, and nothing else");
    }

    private static ConnectionException Refused(ConnectionSettings settings, string problem) =>
        new($"The connection '{settings.Via}' of device '{settings.DeviceName}' cannot be shared: {problem}.") { Alias = settings.Alias, Device = settings.DeviceName };
}
