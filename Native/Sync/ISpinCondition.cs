namespace Connections.Native.Sync;

/// <summary>What a <see cref="Spinner"/> looks at.</summary>
internal interface ISpinCondition
{
    /// <summary>Whether the wait is over.</summary>
    bool IsMet { get; }
}
