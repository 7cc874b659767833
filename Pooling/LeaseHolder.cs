using System.Diagnostics;

namespace Connections.Pooling;

/// <summary>Who has a worker, and since when.</summary>
/// <param name="Member">The member that asked for the lease.</param>
/// <param name="Held">For how long it has had the worker.</param>
/// <param name="Ticket">The order of asking of its lease.</param>
/// <param name="Stack">Where it asked; <see langword="null"/> unless <see cref="WorkerPoolOptions.CaptureStacks"/> is set.</param>
public readonly record struct LeaseHolder(string Member, TimeSpan Held, long Ticket, StackTrace? Stack = null);
