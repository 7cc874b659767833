using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal.Commands;

namespace Connections.Tests.Locking;

/// <summary>Marks a test that tries to break the lock: a long run repeats it, because a race may be won a hundred times less one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BreakingAttribute : NUnitAttribute, IRepeatTest
{
    public TestCommand Wrap(TestCommand command) =>
        Thoroughness.IsLong ? new RepeatAttribute(Thoroughness.Repetitions).Wrap(command) : command;
}
