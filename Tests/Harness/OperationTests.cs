using Connections.Harness.Labs;

namespace Connections.Harness.Tests;

public class OperationTests
{
    [TestCase("get 1.3.6|walk 1.3.7", new[] { "get 1.3.6", "walk 1.3.7" })]
    [TestCase("get|1.3.6|walk|1.3.7", new[] { "get 1.3.6", "walk 1.3.7" })]
    [TestCase("get 1.3.6 1.3.7|get .1.3.8", new[] { "get 1.3.6 1.3.7", "get 1.3.8" })]
    public void Words_become_operations_quoted_or_not(string words, string[] operations) =>
        Assert.That(Operation.ParseAll(words.Split('|')).Select(operation => operation.ToString()), Is.EqualTo(operations));

    [TestCase("1.3.6", "'1.3.6' is no command")]
    [TestCase("get", "'get' needs at least one OID")]
    [TestCase("get walk 1.3", "'get' needs at least one OID")]
    [TestCase("get sysName.0", "'sysName.0' is no OID")]
    public void What_is_no_operation_is_refused(string word, string message) =>
        Assert.That(() => Operation.ParseAll([word]), Throws.TypeOf<UsageException>().With.Message.Contains(message));
}
