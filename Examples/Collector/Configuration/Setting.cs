namespace Connections.Collector.Configuration;

/// <summary>What a value of a setting has to be.</summary>
internal static class Setting
{
    /// <exception cref="ArgumentException">The value is not allowed; the message names the setting and the rule, never the value, which may be a secret.</exception>
    internal static void Require(bool isAllowed, string name, string rule)
    {
        if (!isAllowed)
        {
            throw new ArgumentException($"{name} {rule}.");
        }
    }
}
