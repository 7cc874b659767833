using System.Globalization;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Testbeds;

namespace Connections.Snmp;

/// <summary>Reads what a testbed says of an SNMP connection.</summary>
internal sealed partial class SnmpArguments(ConnectionSettings settings)
{
    private const string CommunityKey = "community";
    private const string BackendKey = "backend";
    private const string Seconds = "a number of seconds from 0.001 to 3600";
    private const string Pause = "a number of seconds from 0 to 3600";
    private const string Size = "a number of octets from 484 to 65507";
    private const string TrueOrFalse = "true or false";

    // What every agent that speaks TCP takes (RFC 3430 section 2.2), where no fragment is lost.
    private const int LargeReply = 8_192;

    private static readonly string[] Known =
    [
        "version", CommunityKey, "timeout", "retries", "deadline", "max_repetitions", "max_reply_size", "max_in_flight", "max_combined", "min_interval", "silence_pause",
        "source", "transport", "trace", "verify", "profile", "short_request_ids", "other_address", "get_bulk", "non_increasing", "max_message_size",
        BackendKey,
        .. UserKeys,
    ];

    // What Net-SNMP's library does not do, so that another backend's connection must refuse it.
    private static readonly string[] OfTheEngine = ["trace", "max_in_flight", "max_combined", "min_interval", "silence_pause"];

    /// <exception cref="ConnectionException">An argument is unknown, or its value is not allowed; the message names key and value.</exception>
    internal SnmpOptions ToOptions()
    {
        RefuseUnknown();
        var version = Read("version", SnmpVersion.V2c, TryReadVersion, "1, 2c or 3");
        var transport = Read("transport", SnmpOptions.Default.Transport, TryReadTransport, "udp or tcp");
        var options = new SnmpOptions
        {
            Version = version,
            Community = Community(),
            User = User(version),
            Transport = transport,
            Timeout = Read("timeout", SnmpOptions.Default.Timeout, TryReadSeconds, Seconds),
            Retries = Read("retries", SnmpOptions.Default.Retries, TryReadCount(0, 100), "a number from 0 to 100"),
            Deadline = Read("deadline", null, Optional<TimeSpan>(TryReadSeconds), Seconds),
            MaxRepetitions = Read("max_repetitions", null, Optional(TryReadCount(1, ushort.MaxValue)), "a number from 1 to 65535"),
            MaxReplySize = Read(
                "max_reply_size", transport == SnmpTransport.Tcp ? LargeReply : SnmpOptions.Default.MaxReplySize, TryReadSize, Size),
            MaxInFlight = Read("max_in_flight", SnmpOptions.Default.MaxInFlight, TryReadCount(1, int.MaxValue), "a number from 1"),
            MaxCombined = Read("max_combined", SnmpOptions.Default.MaxCombined, TryReadCount(1, SnmpOptions.MostCombined), "a number from 1 to 1000"),
            MinInterval = Read("min_interval", TimeSpan.Zero, TryReadPause, Pause),
            SilencePause = Read("silence_pause", TimeSpan.Zero, TryReadPause, Pause),
            Profile = Profile(),
        };
        options.Validate();
        return options;
    }

    /// <summary>Whether connecting asks the agent something, to see that it is there.</summary>
    /// <exception cref="ConnectionException">The value is not allowed.</exception>
    internal bool IsVerified() => Read("verify", true, bool.TryParse, TrueOrFalse);

    /// <summary>Whether the device is asked what kind it is, to find its profile.</summary>
    /// <exception cref="ConnectionException">The value is not allowed.</exception>
    internal bool FindsProfile() => Read("profile", false, TryReadProfile, "auto or standard");

    /// <summary>What requests leave from: an address, or the name of an interface; <see langword="null"/> where the system is to choose.</summary>
    internal string? Source => settings.Arguments.GetValueOrDefault("source");

    /// <summary>The file that a trace of the device goes to; <see langword="null"/> for none.</summary>
    internal string? Trace => settings.Arguments.GetValueOrDefault("trace");

    /// <summary>What the testbed itself says of the device's quirks, over what a profile says.</summary>
    internal DeviceProfile Profile(DeviceProfile? found = null)
    {
        var basis = found ?? DeviceProfile.Standard;
        return basis with
        {
            Uses16BitRequestIds = Read("short_request_ids", basis.Uses16BitRequestIds, bool.TryParse, TrueOrFalse),
            AnswersFromOtherAddress = Read("other_address", basis.AnswersFromOtherAddress, bool.TryParse, TrueOrFalse),
            LacksGetBulk = !Read("get_bulk", !basis.LacksGetBulk, bool.TryParse, TrueOrFalse),
            ToleratesNonIncreasing = Read("non_increasing", basis.ToleratesNonIncreasing, bool.TryParse, TrueOrFalse),
            MaxMessageSize = Read("max_message_size", basis.MaxMessageSize, TryReadSize, Size),
        };
    }

    /// <summary>Refuses a testbed that asks for another backend than the managed engine.</summary>
    /// <exception cref="ConnectionException">It does.</exception>
    internal void RefuseOtherBackend()
    {
        if (settings.Arguments.TryGetValue(BackendKey, out var backend) && backend != "managed")
        {
            throw Refused($"the argument {BackendKey} is '{backend}', but must be managed, or netsnmp, which needs the package Connections.NetSnmp: "
                + "register it with AddNetSnmp() beside AddSnmp()");
        }
    }

    /// <summary>Refuses arguments that only the managed engine carries out.</summary>
    /// <exception cref="ConnectionException">There is one.</exception>
    internal void RefuseWhatTheEngineDoes()
    {
        if (Array.Find(OfTheEngine, settings.Arguments.ContainsKey) is { } key)
        {
            throw Refused($"the argument {key} belongs to the managed engine; leave it out, or leave out {BackendKey}");
        }
    }

    private void RefuseUnknown()
    {
        foreach (var key in settings.Arguments.Keys.Where(static key => !Known.Contains(key)).Order(StringComparer.Ordinal))
        {
            throw Refused(key == ConnectionSettings.SharedArgument
                ? "the argument shared needs the package Connections.NetSnmp: register it with AddSharedSnmp() beside AddSnmp()"
                : SecretKeys.Contains(key)
                ? $"{key} is a secret; give it as the credential of that name"
                : $"SNMP has no argument {key}{Spelling.Hint(key, Known)}; it has {string.Join(", ", Known)}");
        }
    }

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
            : throw Refused($"the argument {key} is '{text}', but must be {allowed}");
    }

    private ConnectionException Refused(string reason) => new($"Connection '{settings.Alias}' of device '{settings.DeviceName}': {reason}.")
    {
        Alias = settings.Alias,
        Device = settings.DeviceName,
    };

    private static bool TryReadVersion(string text, out SnmpVersion version)
    {
        (var known, version) = text switch
        {
            "1" or "v1" => (true, SnmpVersion.V1),
            "2" or "2c" or "v2" or "v2c" => (true, SnmpVersion.V2c),
            "3" or "v3" => (true, SnmpVersion.V3),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryReadProfile(string text, out bool isFound)
    {
        isFound = text == "auto";
        return isFound || text == "standard";
    }

    private static bool TryReadTransport(string text, out SnmpTransport transport)
    {
        (var known, transport) = text switch
        {
            "udp" => (true, SnmpTransport.Udp),
            "tcp" => (true, SnmpTransport.Tcp),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryReadSeconds(string text, out TimeSpan time) => TryReadTime(text, 0.001, out time);

    private static bool TryReadPause(string text, out TimeSpan time) => TryReadTime(text, 0, out time);

    private static bool TryReadTime(string text, double least, out TimeSpan time)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        var isInRange = isNumber && seconds >= least && seconds <= 3600;
        time = isInRange ? TimeSpan.FromSeconds(seconds) : default;
        return isInRange;
    }

    private static bool TryReadSize(string text, out int octets) =>
        TryReadCount(ReplySizing.Least, DeviceProfile.LargestMessage)(text, out octets);

    private static Reader<T?> Optional<T>(Reader<T> read)
        where T : struct =>
        (string text, out T? value) =>
        {
            var isRead = read(text, out var number);
            value = number;
            return isRead;
        };

    private static Reader<int> TryReadCount(int smallest, int largest) =>
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= smallest && value <= largest;
}
