using System.Globalization;
using Connections.Tests.Servers;
using Npgsql;

namespace Connections.Harness.Tests.Sharing;

/// <summary>How a database that keeps locks is logged in to.</summary>
[Platform("Linux")]
public sealed class PostgresPasswordTests
{
    private const string Password = "maple'syrup";

    private string _user = null!;

    private static NpgsqlConnectionStringBuilder Server => new(TestServer.Postgres);

    private string Address => string.Create(CultureInfo.InvariantCulture, $"postgres://{_user}@{Server.Host}:{Server.Port}/{Server.Database}");

    [SetUp]
    public async Task MakeUserAsync()
    {
        _user = $"sharer_{Guid.NewGuid():n}";
        await ExecuteAsync($"CREATE ROLE {_user} LOGIN PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}' IN ROLE guarded");
    }

    [TearDown]
    public Task RemoveUserAsync() => ExecuteAsync($"DROP ROLE {_user}");

    [Test]
    public async Task The_password_is_a_credential_of_the_testbed_or_comes_from_the_environment()
    {
        Assert.That(await GetAsync(Address, Password, environment: null), Is.EqualTo(new Outcome(0, "SNMPv2-MIB::sysName.0 = STRING: edge1\n", "")));
        Assert.That(await GetAsync(Address, credential: null, Password), Is.EqualTo(new Outcome(0, "SNMPv2-MIB::sysName.0 = STRING: edge1\n", "")));
    }

    [Test]
    public async Task A_password_that_is_wrong_or_missing_is_told_at_once()
    {
        var wrong = await GetAsync(Address, "walnut", environment: null);

        wrong.AssertFailed(1, "edge1", $"{Server.Host}:{Server.Port}/{Server.Database}", $"password authentication failed for user \"{_user}\"");
        Assert.That(wrong.Error, Does.Not.Contain("walnut"));
        (await GetAsync(Address, credential: null, environment: null)).AssertFailed(1, "edge1", "No password has been provided");
    }

    [Test]
    public async Task A_server_without_the_encryption_that_is_asked_for_is_told() =>
        (await GetAsync($"{Address}?sslmode=require", Password, environment: null)).AssertFailed(1, "edge1", "SSL");

    private static async Task<Outcome> GetAsync(string address, string? credential, string? environment)
    {
        var credentials = credential is null ? "" : $"credentials: {{ postgres: {{ password: \"{credential}\" }} }}, ";
        using var lab = new TestbedFile($"devices: {{ edge1: {{ {credentials}shared: '{address}', simulated: true, connections: {{ snmp: {{ protocol: snmp }} }} }} }}");
        return await ConnectionsProcess.RunWithAsync(new Dictionary<string, string?> { ["PGPASSWORD"] = environment }, "get", "-t", lab.Path, "sysName.0");
    }

    private static async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection($"{TestServer.Postgres};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
