namespace Connections.Testbeds;

/// <summary>The keys whose values are secrets wherever they stand, not under <c>credentials</c> alone.</summary>
internal static class SecretNames
{
    private static readonly string[] Endings = ["password", "passphrase", "community", "secret"];

    /// <summary>Whether a key, such as <c>password</c> or <c>enable_password</c>, names a secret.</summary>
    internal static bool Match(string key) => Endings.Any(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
