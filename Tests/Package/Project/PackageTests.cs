public sealed class PackageTests
{
    [Test]
    public void Loads() => Assert.That(1, Is.EqualTo(1));
}
