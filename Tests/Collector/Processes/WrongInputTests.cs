namespace Connections.Collector.Tests.Processes;

/// <summary>What a person gets wrong: one line says what, where, and what would be right.</summary>
public sealed class WrongInputTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("connections-collector-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("--set Sorce=File", "There is no setting Sorce (given by --set)", "Source, Requests, Sink")]
    [TestCase("--set RabbitMq:Prefech=1", "There is no setting RabbitMq:Prefech", "Prefetch, DeliveryLimit")]
    [TestCase("--set Source=Nowhere", "Source is 'Nowhere', but must be one of File, Schedule, RabbitMq", "--set")]
    [TestCase("--set Source=7", "Source is '7'")]
    [TestCase("--set MaxConcurrent=many", "MaxConcurrent is 'many', but must be a whole number")]
    [TestCase("--set MaxConcurrent=0", "MaxConcurrent must be from 1 to 1000000")]
    [TestCase("--set Monitor=soon", "Monitor is 'soon', but must be a time, such as 00:00:10")]
    [TestCase("--set Monitor=0", "Monitor must be from 100 ms")]
    [TestCase("--set Rates=perhaps", "Rates is 'perhaps', but must be true or false")]
    [TestCase("--set Database=db", "Database is a group of settings", "ConnectionString")]
    [TestCase("--set RabbitMq:Domains=lab1", "RabbitMq:Domains is a list", "RabbitMq:Domains:0")]
    [TestCase("--set Source:File=x", "Source is a single value")]
    [TestCase("--set Database", "'Database' is not valid for --set; expected KEY=VALUE")]
    [TestCase("--set Snmp:Retries=101", "The settings Snmp cannot be", "Retries")]
    [TestCase("--set Snmp:Version=V3", "The settings Snmp cannot be", "SNMPv3 needs a user")]
    [TestCase("--set Credentials:lab:Version=V3", "The settings Credentials:lab cannot be")]
    [TestCase("--set Credentials:lab:Comunity=x", "There is no setting Credentials:lab:Comunity", "Community")]
    [TestCase("--set Source=RabbitMq --set RabbitMq:Uri=http://broker", "RabbitMq:Uri must be the broker's address", "amqp://user:password@host:5672/")]
    [TestCase("--set Sink=Database --set Database:ConnectionString=nonsense", "Database:ConnectionString must be a connection string, such as Host=")]
    [TestCase("--set Sink=Database --set Database:Values=a;b", "Database:Values must be the name of a table")]
    [TestCase("--set Requests=/nowhere/at/all", "The requests '/nowhere/at/all' cannot be read", "Could not find a part of the path")]
    [TestCase("--set Requests=/nowhere.jsonl", "The requests '/nowhere.jsonl' cannot be read: there is no such file")]
    [TestCase("--set Requests=/etc", "The requests '/etc' cannot be read: it is a folder")]
    [TestCase("--set Source=Schedule --set Requests=/nowhere.jsonl", "The requests '/nowhere.jsonl' cannot be read")]
    [TestCase("--set Source=Schedule", "Requests must be a file")]
    [TestCase("--set Output=/nowhere/at/all", "The results cannot be written to '/nowhere/at/all' (Output)")]
    [TestCase("--settings /nowhere/at/all.json", "The settings '/nowhere/at/all.json' cannot be read: there is no such file")]
    [TestCase("--nonsense", "'--nonsense'", "See 'collector --help'")]
    [TestCase("--threads 4", "--threads is for --generate alone")]
    [TestCase("--generate --threads many", "'many' is not valid for --threads; expected a whole number")]
    [TestCase("--generate --threads 17", "--threads must be from 1 to 16")]
    [TestCase("--generate --workers 0", "Database:Workers must be from 1 to 64")]
    [TestCase("--generate --duration 0", "--duration must be more than 0")]
    [TestCase("--generate --duration 1e300", "'1e300' is not valid for --duration")]
    [TestCase("--generate --shape cube", "'cube' is not valid for --shape; expected counter, octets or mixed")]
    public Task A_command_line_that_makes_no_sense_says_what_would(string arguments, params string[] mentions) =>
        AssertRefusedAsync(new Dictionary<string, string>(), arguments.Split(' '), 2, mentions);

    [Test]
    public Task A_setting_of_the_environment_is_named_as_it_stands_there() => AssertRefusedAsync(
        new Dictionary<string, string> { ["Database__Wrokers"] = "4" }, [], 2, "There is no setting Database:Wrokers (the environment variable Collector__Database__Wrokers)");

    [Test]
    public async Task A_setting_of_a_file_is_named_with_the_file()
    {
        var file = await FileAsync("settings.json", """{ "Collector": { "Sink": "Tape" } }""");
        await AssertRefusedAsync(new Dictionary<string, string>(), ["--settings", file], 2, "Sink is 'Tape'", file);
    }

    [Test]
    public async Task A_file_of_settings_that_is_no_JSON_is_named_with_the_line()
    {
        var file = await FileAsync("settings.json", "{\n  \"Collector\": {\n    \"Sink\" Csv\n  }\n}");
        await AssertRefusedAsync(new Dictionary<string, string>(), ["--settings", file], 2, file, "LineNumber: 2");
    }

    [Test]
    public async Task A_line_that_is_no_entry_of_a_schedule_is_named()
    {
        var file = await FileAsync("schedule.jsonl", """
            {"name":"a","every":60,"request":{"target":"192.0.2.1","roots":["1.3.6.1.2.1.1"]}}
            {"name":"b","evry":60,"request":{"target":"192.0.2.1","roots":["1.3.6.1.2.1.1"]}}
            """);
        await AssertRefusedAsync(new Dictionary<string, string>(), ["--set", "Source=Schedule", "--set", $"Requests={file}"], 2, $"{file}, line 2 is no entry of a schedule", "evry");
    }

    [Test]
    public Task A_database_that_is_away_ends_the_generation_at_once() => AssertRefusedAsync(
        new Dictionary<string, string> { ["Database__ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=sesame;Database=results" },
        ["--generate"],
        1,
        "The database results at 127.0.0.1:1 cannot be used",
        "Connection refused",
        "See that it runs");

    private static async Task AssertRefusedAsync(IReadOnlyDictionary<string, string> settings, string[] arguments, int expected, params string[] mentions)
    {
        await using var collector = CollectorProcess.Start(settings, arguments);
        var (exitCode, output, error) = await collector.EndAsync();
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(expected), error);
            Assert.That(output, Is.Empty);
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), error);
            Assert.That(error, Does.StartWith("collector: ").And.Not.Contains("   at ").And.Not.Contains("sesame"));
            foreach (var mention in mentions)
            {
                Assert.That(error, Does.Contain(mention));
            }
        });
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
