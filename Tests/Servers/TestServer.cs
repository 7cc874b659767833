using System.Net;

namespace Connections.Tests.Servers;

/// <summary>Where the servers listen that Tests/run has started for the tests.</summary>
internal static class TestServer
{
    public static IPEndPoint Snmpd => Find("CONNECTIONS_SNMPD", "snmpd");

    public static IPEndPoint Snmpd6 => Find("CONNECTIONS_SNMPD6", "snmpd");

    public static IPEndPoint Snmpsim => Find("CONNECTIONS_SNMPSIM", "snmpsim");

    /// <summary>The folder of the recordings that snmpsim plays.</summary>
    public static string SnmpsimRecordings => FindText("CONNECTIONS_SNMPSIM_RECORDINGS", "snmpsim");

    public static IPEndPoint Snmptrapd => Find("CONNECTIONS_SNMPTRAPD", "snmptrapd");

    /// <summary>The file that snmptrapd writes what it receives to.</summary>
    public static string SnmptrapdLog => FindText("CONNECTIONS_SNMPTRAPD_LOG", "snmptrapd");

    /// <summary>The engine ID, in hexadecimal digits, that traps of SNMPv3 to snmptrapd come from.</summary>
    public static string SnmptrapdSender => FindText("CONNECTIONS_SNMPTRAPD_SENDER", "snmptrapd");

    /// <summary>The folders of real MIB modules: Net-SNMP's, Erlang's, and those of the IETF.</summary>
    public static string[] MibFolders => FindText("CONNECTIONS_MIB_FOLDERS", "the fetching of MIB modules").Split(':');

    public static IPEndPoint Telnetd => Find("CONNECTIONS_TELNETD", "telnetd");

    /// <summary>A telnetd whose sessions begin with the system's login; the user is that of sshd.</summary>
    public static IPEndPoint TelnetdLogin => Find("CONNECTIONS_TELNETD_LOGIN", "telnetd");

    /// <summary>Npgsql's connection string.</summary>
    public static string Postgres => FindText("CONNECTIONS_POSTGRES", "PostgreSQL");

    /// <summary>The program that starts, stops and restarts PostgreSQL.</summary>
    public static string PostgresControl => FindText("CONNECTIONS_POSTGRES_CONTROL", "PostgreSQL");

    /// <summary>The broker's URI.</summary>
    public static string RabbitMq => FindText("CONNECTIONS_RABBITMQ", "RabbitMQ");

    /// <summary>The program that starts, stops and restarts RabbitMQ.</summary>
    public static string RabbitMqControl => FindText("CONNECTIONS_RABBITMQ_CONTROL", "RabbitMQ");

    public static IPEndPoint Sshd => Find("CONNECTIONS_SSHD", "sshd");

    /// <summary>The user that sshd lets in, by password or by key.</summary>
    public static string SshdUser => FindText("CONNECTIONS_SSHD_USER", "sshd");

    public static string SshdPassword => FindText("CONNECTIONS_SSHD_PASSWORD", "sshd");

    /// <summary>A folder with the user's <c>key</c>, and with <c>known_hosts</c> that is right and <c>changed_hosts</c> that is not.</summary>
    public static string SshdFiles => FindText("CONNECTIONS_SSHD_FILES", "sshd");

    private static IPEndPoint Find(string variable, string server) => IPEndPoint.Parse(FindText(variable, server));

    private static string FindText(string variable, string server) =>
        Environment.GetEnvironmentVariable(variable)
            ?? throw new InvalidOperationException($"{variable} is not set: run Tests/run, which starts {server}.");
}
