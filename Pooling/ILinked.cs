namespace Connections.Pooling;

/// <summary>What can stand in a <see cref="LinkedQueue{T}"/>; in one at a time.</summary>
internal interface ILinked<T>
    where T : class
{
    T? Previous { get; set; }

    T? Next { get; set; }
}
