namespace Connections.Pools;

/// <summary>
/// Makes an interface servable by a pool: the generator writes a facade, a class that implements the interface by leasing
/// a worker of the pool for exactly each call, and registers it when the assembly loads. Code that asks a device for the
/// interface works the same whether the alias is one connection or several.
/// </summary>
/// <remarks>
/// Every method of the interface, inherited ones included, returns <see cref="Task"/>, <see cref="Task{TResult}"/>,
/// <see cref="ValueTask"/> or <see cref="ValueTask{TResult}"/>; its <see cref="CancellationToken"/>, if it takes one, cancels the wait for a worker
/// too. Properties, events, synchronous methods and streams are refused: which worker would answer, and for how long would
/// it be held? Write those as extension methods over the asynchronous ones; a stream as one that loops over a method which returns a page, so
/// that each page is a lease of its own and none lasts while the consumer's loop body runs. A member with a default
/// implementation that cannot be forwarded is left as it is. The interface itself is neither generic nor disposable.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class PooledAttribute : Attribute;
