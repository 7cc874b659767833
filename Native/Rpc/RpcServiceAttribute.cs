using System.Text.Json.Serialization;

namespace Connections.Native.Rpc;

/// <summary>
/// Makes an interface callable from other processes: the generator writes the class that a client calls and the one that hands a server's
/// calls to its implementation, and registers both when the assembly loads.
/// </summary>
/// <remarks>
/// <para>Every method returns <see cref="Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/>, <see cref="ValueTask{TResult}"/> or
/// <see cref="IAsyncEnumerable{T}"/>, and may take a <see cref="CancellationToken"/> as its last parameter, which then reaches the server.</para>
/// <para>A method whose only other parameter is a <c>byte[]</c> or a <c>ReadOnlyMemory&lt;byte&gt;</c> sends these bytes as they are, and so does
/// one that returns such; everything else travels as JSON, by the metadata of <see cref="JsonContext"/>. A
/// <c>ReadOnlyMemory&lt;byte&gt;</c> that an implementation is given is valid until the task that it returned has ended.</para>
/// <para>The interface is neither generic nor disposable, and has no properties or events. Members with a default implementation are left
/// as they are.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class RpcServiceAttribute : Attribute
{
    /// <summary>What clients and servers call the service; by default the name of the interface.</summary>
    public string? Name { get; set; }

    /// <summary>The version of the contract, 1 to 65,535; a client is served only by a server that has the same one.</summary>
    public int Version { get; set; } = 1;

    /// <summary>
    /// A <see cref="JsonSerializerContext"/> that knows each type, by <see cref="JsonSerializableAttribute"/>, that a method takes or returns
    /// and that is neither raw bytes nor a simple type.
    /// </summary>
    public Type? JsonContext { get; set; }
}
