namespace Connections.Native.Rpc.Wire;

/// <summary>What a frame says. The client sends the first four, the server the others.</summary>
internal enum FrameKind : byte
{
    /// <summary>The first frame of a connection: which service and version is wanted.</summary>
    Hello = 1,

    /// <summary>A call; the body is its arguments.</summary>
    Call = 2,

    /// <summary>Nobody waits for this call any more.</summary>
    Cancel = 3,

    /// <summary>So many more elements of a stream may be sent.</summary>
    Credit = 4,

    /// <summary>The answer to a Hello that is accepted.</summary>
    Welcome = 16,

    /// <summary>The answer to a Hello, or to a call that was not begun; the body says why.</summary>
    Refusal = 17,

    /// <summary>A call's result, or the end of a stream.</summary>
    Result = 18,

    /// <summary>An element of a stream.</summary>
    Item = 19,

    /// <summary>A call has failed; the body is the exception.</summary>
    Failure = 20,
}
