namespace Connections.Testbeds;

/// <summary>Reads one connection of a device.</summary>
internal static class ConnectionReader
{
    private const int MaxPoolSize = 10_000;
    private static readonly TimeSpan MaxPoolTimeout = TimeSpan.FromDays(1);

    internal static readonly HashSet<string> Known =
        ["class", "protocol", "ip", "host", "port", "pool_size", "pool_timeout", "credentials", "credential", "arguments", SharingReader.Key];

    // Short names are near to too many others for a guess.
    private static readonly string[] Guessed = [.. Known.Where(key => key.Length > 5)];

    internal static ConnectionSettings Read(
        string device, string alias, TestbedMapping node, bool simulated, CredentialScope outer, TestbedScalar? outerSharing)
    {
        var arguments = ReadArguments(node);
        var sharedBy = SharingReader.Apply(SharingReader.Read(node, outerSharing), arguments);
        var scope = CredentialScope.Read(node, outer);
        var protocol = node.Text("protocol");
        return new ConnectionSettings
        {
            DeviceName = device,
            Alias = alias,
            Via = alias,
            Class = node.Text("class"),
            Protocol = protocol,
            Host = node.Text("ip") ?? node.Text("host"),
            Port = node.Integer("port", 1, 65_535),
            PoolSize = node.Integer("pool_size", 1, MaxPoolSize),
            PoolTimeout = node.Seconds("pool_timeout", MaxPoolTimeout),
            Credentials = WithInline(ChooseCredentials(node, alias, protocol, scope), arguments),
            CredentialsByName = scope.All(),
            SharedBy = sharedBy,
            Arguments = arguments.Where(argument => !SecretNames.Match(argument.Key)).ToDictionary(StringComparer.Ordinal),
            Simulated = simulated,
        };
    }

    /// <summary>The credentials that <c>credential</c> names; else those named like the alias or the protocol, else <c>default</c>.</summary>
    private static Credentials? ChooseCredentials(TestbedMapping node, string alias, string? protocol, CredentialScope scope)
    {
        if (node.Scalar("credential") is not { } named)
        {
            return scope.Find([alias, protocol ?? alias, "default"]);
        }

        return scope.Find(named.Value) ?? throw TestbedException.At(
            named, $"there are no credentials {named.Shown} for this connection; {Spelling.Known(named.Value, [.. scope.All().Keys])}");
    }

    /// <summary>Everything under <c>arguments</c>, and every key that is not known; nested keys are dotted.</summary>
    private static Dictionary<string, string> ReadArguments(TestbedMapping node)
    {
        Spelling.RefuseSlips(node, Guessed, "setting of a connection");
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Mapping("arguments", "names with values").Entries)
        {
            Flatten(key, value, arguments);
        }

        foreach (var (key, value) in node.Entries.Where(entry => !Known.Contains(entry.Key)))
        {
            Flatten(key, value, arguments);
        }

        return arguments;
    }

    private static void Flatten(string key, TestbedNode node, Dictionary<string, string> arguments)
    {
        switch (node)
        {
            case TestbedScalar { IsNull: true }:
                break;
            case TestbedScalar scalar when !arguments.TryAdd(key, scalar.Value):
                throw TestbedException.At(node, $"'{key}' is given twice: once here and once under 'arguments'");
            case TestbedSequence list:
                for (var index = 0; index < list.Items.Count; index++)
                {
                    Flatten($"{key}.{index}", list.Items[index], arguments);
                }

                break;
            case TestbedMapping mapping:
                foreach (var (name, value) in mapping.Entries)
                {
                    Flatten($"{key}.{name}", value, arguments);
                }

                break;
        }
    }

    private static Credentials? WithInline(Credentials? chosen, Dictionary<string, string> arguments)
    {
        var inline = arguments.Where(argument => SecretNames.Match(argument.Key)).ToList();
        if (inline.Count == 0)
        {
            return chosen;
        }

        var values = new Dictionary<string, Secret>(chosen?.Values ?? new Dictionary<string, Secret>(), StringComparer.Ordinal);
        var password = chosen?.Password;
        foreach (var (name, value) in inline)
        {
            if (name == "password")
            {
                password = new Secret(value);
            }
            else
            {
                values[name] = new Secret(value);
            }
        }

        return new Credentials { Username = chosen?.Username, Password = password, Values = values };
    }
}
