using Connections.Harness.Labs;

namespace Connections.Harness.Tests;

public class OperationTests
{
    [TestCase("get 1.3.6|walk 1.3.7", new[] { "get 1.3.6", "walk 1.3.7" })]
    [TestCase("get|1.3.6|walk|1.3.7", new[] { "get 1.3.6", "walk 1.3.7" })]
    [TestCase("get 1.3.6 1.3.7|get .1.3.8", new[] { "get 1.3.6 1.3.7", "get 1.3.8" })]
    [TestCase("set 1.3.6 i 4 1.3.7 s x|get 1.3.8", new[] { "set 1.3.6 1.3.7", "get 1.3.8" })]
    [TestCase("set|1.3.6|s|get|1.3.7|s|walk 1.3|set|1.3.9|i|1", new[] { "set 1.3.6 1.3.7", "set 1.3.9" })]
    [TestCase("set|1.3.6|s||get|1.3.7", new[] { "set 1.3.6", "get 1.3.7" })]
    public void Words_become_operations_quoted_or_not(string words, string[] operations) =>
        Assert.That(Operation.ParseAll(words.Split('|')).Select(operation => operation.ToString()), Is.EqualTo(operations));

    [TestCase("1.3.6", "'1.3.6' is no command")]
    [TestCase("get", "'get' needs at least one OID")]
    [TestCase("get walk 1.3", "'get' needs at least one OID")]
    [TestCase("set", "'set' needs an OID, a type and a value")]
    [TestCase("set 1.3.6 i", "'1.3.6 i' is no assignment")]
    [TestCase("set 1.3.6 i 4 get", "'get' needs at least one OID")]
    [TestCase("set 1.3.6 i four", "'four' is no Integer32")]
    [TestCase("get sysNaem.0", "'sysNaem.0' is no OID")]
    public void What_is_no_operation_is_refused(string word, string message) =>
        Assert.That(() => Operation.ParseAll([word]), Throws.TypeOf<UsageException>().With.Message.Contains(message));
}
