using Connections.NetSnmp.Worker.Binding;

namespace Connections.NetSnmp.Tests;

public sealed class LayoutTests
{
    [Test]
    public void There_is_a_test() => Assert.That(() => LayoutCheck.Demand("5.8"), Throws.TypeOf<NetSnmpUnavailableException>());
}
