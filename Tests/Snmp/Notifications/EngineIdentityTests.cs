using System.Runtime.Versioning;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Notifications;

internal sealed class EngineIdentityTests
{
    private string _path = null!;
    private DirectoryInfo _directory = null!;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = Directory.CreateTempSubdirectory("connections-engine-");
        _path = Path.Combine(_directory.FullName, "state", "engine");
    }

    [TearDown]
    public void RemoveDirectory() => _directory.Delete(recursive: true);

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void An_engine_keeps_its_ID_and_counts_its_starts_in_a_file_of_its_owner()
    {
        var (first, second, third) = (Start(), Start(), Start());

        Assert.That(new[] { first.Boots, second.Boots, third.Boots }, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(new[] { second.EngineId, third.EngineId }, Is.All.EqualTo(first.EngineId));
        Assert.That(File.ReadAllText(_path), Is.EqualTo($"engine-id {first.EngineId}\nboots 3\n"));
        Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Two_new_engines_differ()
    {
        var first = SnmpEngineIdentity.CreateTransient().EngineId;
        Assert.That(SnmpEngineIdentity.CreateTransient().EngineId, Is.Not.EqualTo(first));
    }

    [Test]
    public void The_ID_of_a_new_engine_can_be_given_and_is_not_changed_later()
    {
        var given = SnmpEngineId.Parse("80000000056E6F74");
        Assert.That(Start(given).EngineId, Is.EqualTo(given));
        Assert.That(Start().EngineId, Is.EqualTo(given));

        Assert.That(
            () => Start(SnmpEngineId.Parse("80000000056E6F75")),
            Throws.TypeOf<SnmpException>().With.Message.Contains(_path).And.Message.Contains($"{given}"));
        Assert.That(Start().Boots, Is.EqualTo(3), "a refused start is none");
    }

    [Test]
    public void Two_processes_cannot_be_one_engine()
    {
        using var running = SnmpEngineIdentity.Open(_path);

        Assert.That(() => SnmpEngineIdentity.Open(_path), Throws.TypeOf<SnmpException>().With.Message.Contains($"{_path}.lock"));
    }

    [TestCase("")]
    [TestCase("engine-id 80000000056E6F74\nboots 12")]
    [TestCase("engine-id 80000000056E6F74\nboots 0\n")]
    [TestCase("engine-id 80000000056E6F74\nboots -1\n")]
    [TestCase("engine-id 80000000056E6F74\nboots 2147483648\n")]
    [TestCase("engine-id 80000000056E6F74\n")]
    [TestCase("engine-id \nboots 1\n")]
    [TestCase("boots 1\nengine-id 80000000056E6F74\n")]
    public void A_damaged_file_is_refused_and_left_alone(string content)
    {
        Start();
        File.WriteAllText(_path, content);

        Assert.That(() => Start(), Throws.TypeOf<SnmpException>().With.Message.Contains(_path).And.Message.Contains("delete it to begin as a new engine"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo(content));
    }

    [Test]
    public void An_endless_file_is_damaged_too()
    {
        Start();
        File.WriteAllText(_path, new string('x', 1 << 20));

        Assert.That(() => Start(), Throws.TypeOf<SnmpException>());
    }

    [Test]
    public void The_last_number_of_starts_is_never_reached()
    {
        Start();
        File.WriteAllText(_path, "engine-id 80000000056E6F74\nboots 2147483645\n");

        Assert.That(Start().Boots, Is.EqualTo(int.MaxValue - 1));
        Assert.That(() => Start(), Throws.TypeOf<SnmpException>().With.Message.Contains("new engine"));
    }

    [Test]
    public void A_file_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "state"), "a file where the folder should be");

        Assert.That(() => Start(), Throws.TypeOf<SnmpException>().With.Message.Contains(_path));
    }

    private SnmpEngineIdentity Start(SnmpEngineId engineId = default)
    {
        using var identity = SnmpEngineIdentity.Open(_path, engineId);
        return identity;
    }
}
