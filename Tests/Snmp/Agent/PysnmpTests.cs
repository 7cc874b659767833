using System.Diagnostics;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>pysnmp, a manager that shares no code with Net-SNMP, speaks SNMPv3 with the agent.</summary>
internal sealed class PysnmpTests : SecuredFixture
{
    // Sets sysName as each user, reads it back, and walks ifTable in pages; a line for each user.
    private const string Manager = """
        import sys
        from pysnmp import hlapi
        from pysnmp.hlapi import *

        host, port, auth_password, priv_password = sys.argv[1:5]
        auths = {'Md5': 'usmHMACMD5AuthProtocol', 'Sha1': 'usmHMACSHAAuthProtocol', 'Sha224': 'usmHMAC128SHA224AuthProtocol',
                 'Sha256': 'usmHMAC192SHA256AuthProtocol', 'Sha384': 'usmHMAC256SHA384AuthProtocol', 'Sha512': 'usmHMAC384SHA512AuthProtocol'}
        privs = {'Des': 'usmDESPrivProtocol', 'Aes128': 'usmAesCfb128Protocol', 'Aes192': 'usmAesBlumenthalCfb192Protocol',
                 'Aes256': 'usmAesBlumenthalCfb256Protocol', 'Aes192C': 'usmAesCfb192Protocol', 'Aes256C': 'usmAesCfb256Protocol'}

        engine = SnmpEngine()

        def ask(command, user, *arguments, **options):
            target = UdpTransportTarget((host, int(port)), timeout=10, retries=1)
            for problem, status, index, varbinds in command(engine, user, target, ContextData(), *arguments, lookupMib=False, **options):
                if problem or status:
                    sys.exit('%s: %s %s' % (user.userName, problem, status))
                yield from varbinds

        for name in sys.argv[5:]:
            auth, priv = name.split('-')
            user = UsmUserData(name, auth_password, priv_password, authProtocol=getattr(hlapi, auths[auth]), privProtocol=getattr(hlapi, privs[priv]))
            list(ask(setCmd, user, ('1.3.6.1.2.1.1.5.0', OctetString('set by ' + name))))
            [(_, value)] = ask(getCmd, user, ('1.3.6.1.2.1.1.5.0', Null('')))
            walked = list(ask(bulkCmd, user, 0, 10, ('1.3.6.1.2.1.2.2', Null('')), lexicographicMode=False))
            print(name, len(walked), value)
        """;

    [Test]
    public async Task Every_pair_of_protocols_sets_gets_and_walks()
    {
        SnmpUser[] users = [.. Pairs.Users
            .Where(user => user.Level == SecurityLevel.AuthPriv)
            .Select(user => Pairs.User(user.Authentication, user.Privacy, $"{user.Authentication}-{user.Privacy}"))];
        var device = AddSecured([.. users.Select(user => new SimulatedUser(user))]);
        var inTable = device.Data.Count(variable => variable.Oid.StartsWith(Oid.Parse(Names.IfEntry)));
        string[] arguments = [device.EndPoint.Address.ToString(), device.EndPoint.Port.ToString(), Pairs.AuthenticationPassword, Pairs.PrivacyPassword];

        var (exitCode, output, errors) = await RunAsync([.. arguments, .. users.Select(user => user.Name)]);

        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        Assert.That(output, Is.EqualTo(string.Concat(users.Select(user => $"{user.Name} {inTable} set by {user.Name}\n"))));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments)
    {
        // The one that Debian's python3-pysnmp4 is for.
        var start = new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", "-c", Manager, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        return (process.ExitCode, await output, await errors);
    }
}
