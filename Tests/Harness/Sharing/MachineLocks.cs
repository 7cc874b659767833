using Connections.Native.Sync;

namespace Connections.Harness.Tests.Sharing;

/// <summary>What tests leave on the machine whose processes were killed: a lock tells its next owner so, and no other test has that name.</summary>
internal static class MachineLocks
{
    internal static void Forget(string name)
    {
        if (HybridLock.Holders().Any(held => held.Name == name))
        {
            HybridLock.Break(name);
        }
    }
}
