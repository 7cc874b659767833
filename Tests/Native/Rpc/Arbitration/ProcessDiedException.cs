namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>A process of a model is dead, and does not take its next step.</summary>
internal sealed class ProcessDiedException : Exception;
