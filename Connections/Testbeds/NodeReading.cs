using System.Globalization;

namespace Connections.Testbeds;

/// <summary>Reads typed values out of nodes; what does not fit is a <see cref="TestbedException"/> that says what is expected.</summary>
internal static class NodeReading
{
    /// <summary>The mapping under a key; empty when the key is missing or has no value.</summary>
    internal static TestbedMapping Mapping(this TestbedMapping parent, string key, string expected) =>
        parent.TryGet(key, out var node)
            ? node.AsMapping(expected)
            : new TestbedMapping([], parent.File, parent.Line, parent.Place.Key(key));

    internal static TestbedMapping AsMapping(this TestbedNode node, string expected) => node switch
    {
        TestbedMapping mapping => mapping,
        TestbedScalar { IsNull: true } => new TestbedMapping([], node.File, node.Line, node.Place),
        _ => throw TestbedException.At(node, $"this is {node.Kind}; expected {expected}"),
    };

    internal static string? Text(this TestbedMapping parent, string key) => parent.Scalar(key)?.Value;

    internal static int? Integer(this TestbedMapping parent, string key, int min, int max)
    {
        if (parent.Scalar(key) is not { } scalar)
        {
            return null;
        }

        return int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw Wrong(scalar, $"a whole number from {min} to {max}");
    }

    internal static double? Number(this TestbedMapping parent, string key, double min, double max, string expected)
    {
        if (parent.Scalar(key) is not { } scalar)
        {
            return null;
        }

        return TryNumber(scalar.Value, out var value) && value >= min && value <= max ? value : throw Wrong(scalar, expected);
    }

    internal static bool? Flag(this TestbedMapping parent, string key) => parent.Scalar(key) is { } scalar ? scalar.AsFlag() : null;

    internal static bool AsFlag(this TestbedScalar scalar) => scalar.Value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => throw Wrong(scalar, "true or false"),
    };

    /// <summary>A time in seconds, fractions allowed.</summary>
    internal static TimeSpan? Seconds(this TestbedMapping parent, string key, TimeSpan max)
    {
        var seconds = parent.Number(
            key, 0, max.TotalSeconds, $"a time in seconds, up to {max.TotalSeconds.ToString(CultureInfo.InvariantCulture)}, such as 2.5");
        return seconds is { } value ? TimeSpan.FromSeconds(value) : null;
    }

    internal static TestbedException Wrong(TestbedScalar scalar, string expected) =>
        TestbedException.At(scalar, $"{scalar.Shown} is not valid here; expected {expected}");

    /// <summary>The single value under a key, or null when there is none.</summary>
    internal static TestbedScalar? Scalar(this TestbedMapping parent, string key) =>
        !parent.TryGet(key, out var node) || node is TestbedScalar { IsNull: true } ? null
        : node as TestbedScalar ?? throw TestbedException.At(node, $"this is {node.Kind}; expected a single value");

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
