using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

/// <summary>Names of locks that no other test has, and what stands under them.</summary>
internal static class LockNames
{
    public static string New() => $"test {TestContext.CurrentContext.Test.Name.GetHashCode(StringComparison.Ordinal):x8}-{Guid.NewGuid():n}".Replace(' ', '-');

    public static string FileOf(string name) => SegmentDirectory.FileOf(SegmentDirectory.OfUser, name, ".lock");

    /// <summary>Removes what the test left, such as a lock whose last owner it has killed: that stays, to tell the next one.</summary>
    public static void Forget(string name) => File.Delete(FileOf(name));

    public static HybridLockStatus? StatusOf(string name) => HybridLock.Holders().SingleOrDefault(status => status.Name == name);
}
