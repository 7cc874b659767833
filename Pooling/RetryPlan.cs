namespace Connections.Pooling;

/// <summary>How often something that fails is repeated, and who is told of it.</summary>
internal sealed record RetryPlan(int MaxAttempts, Action<Exception, TimeSpan>? OnFailure)
{
    public static readonly RetryPlan Endless = new(int.MaxValue, OnFailure: null);
}
