using System.Diagnostics;

namespace Connections.Pooling;

/// <summary>What is asked of a pool.</summary>
/// <param name="Holder">Who asks; its text is the member for messages.</param>
/// <param name="Timeout">How long to wait.</param>
/// <param name="Stack">Where it asks, if that is captured.</param>
/// <param name="Blocks">Whether a thread blocks for the answer.</param>
internal readonly record struct Request(object Holder, TimeSpan Timeout, StackTrace? Stack, bool Blocks);
