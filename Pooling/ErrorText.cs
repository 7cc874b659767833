using System.Globalization;

namespace Connections.Pooling;

/// <summary>How messages quote errors and times.</summary>
internal static class ErrorText
{
    /// <summary>An error's message as a whole sentence, for more to follow: few messages of others end in a stop.</summary>
    public static string AsSentence(this Exception error)
    {
        var message = error.Message.TrimEnd();
        return message.Length > 0 && message[^1] is '.' or '!' or '?' ? message : $"{message}.";
    }

    /// <summary>A time as people say it.</summary>
    public static string Readable(this TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
