using Connections.Pooling;

namespace Connections.Testbeds;

/// <summary>A testbed that cannot be used: its message names the file, the line, the key, what is wrong and what is expected.</summary>
public sealed class TestbedException : ConnectionException
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong and what is expected, without the place: the message of the exception starts with the place.</param>
    /// <param name="file">The file, as it was named by the caller.</param>
    /// <param name="line">The line, from 1, or null when the error is not of one line.</param>
    /// <param name="key">The dotted path of the key, or null.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public TestbedException(string message, string? file = null, int? line = null, string? key = null, Exception? innerException = null)
        : base(Describe(message, file, line, key), innerException)
    {
        File = file;
        Line = line;
        Key = key;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string? File { get; }

    /// <summary>The line, from 1, or null when the error is not of one line.</summary>
    public int? Line { get; }

    /// <summary>The dotted path of the key, such as <c>devices.r1.connections.snmp.port</c>, or null.</summary>
    public string? Key { get; }

    internal static TestbedException At(TestbedNode node, string message, Exception? innerException = null) =>
        new(message, node.File, node.Line, node.Path is { Length: > 0 } key ? key : null, innerException);

    private static string Describe(string message, string? file, int? line, string? key)
    {
        var place = line is null ? file : $"{file ?? "testbed"}:{line}";
        var parts = new[] { place, key, message };
        return string.Join(": ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }
}
