using System.Globalization;
using Connections.Pooling;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>Reads what a testbed says of an SNMP connection.</summary>
internal sealed class SnmpArguments(ConnectionSettings settings)
{
    private const string CommunityKey = "community";

    /// <exception cref="ConnectionException">An argument's value is not allowed; the message names key and value.</exception>
    internal SnmpOptions ToOptions()
    {
        var options = new SnmpOptions
        {
            Version = Read("version", SnmpVersion.V2c, TryReadVersion, "1 or 2c"),
            Community = Community(),
            Timeout = Read("timeout", SnmpOptions.Default.Timeout, TryReadSeconds, "a number of seconds from 0.001 to 3600"),
            Retries = Read("retries", SnmpOptions.Default.Retries, TryReadCount(0, 100), "a number from 0 to 100"),
            MaxRepetitions = Read(
                "max_repetitions", SnmpOptions.DefaultMaxRepetitions, TryReadCount(1, ushort.MaxValue), "a number from 1 to 65535"),
        };
        options.Validate();
        return options;
    }

    /// <summary>Whether connecting asks the agent something, to see that it is there.</summary>
    /// <exception cref="ConnectionException">The value is not allowed.</exception>
    internal bool IsVerified() => Read("verify", true, bool.TryParse, "true or false");

    private Secret Community()
    {
        if (settings.Credentials?.Values.TryGetValue(CommunityKey, out var secret) == true)
        {
            return secret;
        }

        return settings.Arguments.TryGetValue(CommunityKey, out var text) ? new Secret(text) : SnmpOptions.Default.Community;
    }

    private delegate bool Reader<T>(string text, out T value);

    private T Read<T>(string key, T otherwise, Reader<T> read, string allowed)
    {
        if (!settings.Arguments.TryGetValue(key, out var text))
        {
            return otherwise;
        }

        return read(text, out var value)
            ? value
            : throw new ConnectionException(
                $"Connection '{settings.Alias}' of device '{settings.DeviceName}': the argument {key} is '{text}', but must be {allowed}.")
            {
                Alias = settings.Alias,
                Device = settings.DeviceName,
            };
    }

    private static bool TryReadVersion(string text, out SnmpVersion version)
    {
        (var known, version) = text switch
        {
            "1" or "v1" => (true, SnmpVersion.V1),
            "2" or "2c" or "v2" or "v2c" => (true, SnmpVersion.V2c),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryReadSeconds(string text, out TimeSpan time)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        var isInRange = isNumber && seconds is >= 0.001 and <= 3600;
        time = isInRange ? TimeSpan.FromSeconds(seconds) : default;
        return isInRange;
    }

    private static Reader<int> TryReadCount(int smallest, int largest) =>
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= smallest && value <= largest;
}
