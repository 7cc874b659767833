using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Protocol;

namespace Connections.Snmp.Tests.Mibs.Loading;

/// <summary>Many threads resolve and format names while modules load and reload: each answer is the old tree's or the new one's, never a mix.</summary>
[NonParallelizable]
internal sealed class PublicationTests
{
    private const int Readers = 16;
    private const int Names = 200;
    private const int Versions = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private static readonly int Questions = Thoroughness.Choose(quick: 4_000_000, thorough: 400_000_000);

    private MibTree _before = null!;

    [SetUp]
    public void SetUp() => _before = MibTree.Current;

    [TearDown]
    public void TearDown() => MibTree.Publish(_before);

    [Test]
    public async Task Sixteen_threads_get_right_answers_while_modules_load_and_reload()
    {
        using var folder = new MibFolder();
        var loader = new MibLoader();
        Write(folder, 0);
        await loader.LoadAsync(folder.Path).WaitAsync(TimeSpan.FromSeconds(60));
        using var stop = new CancellationTokenSource();
        var reloads = 0;
        Task[] writers =
        [
            Task.Run(async () =>
            {
                for (var version = 1; !stop.IsCancellationRequested; version++)
                {
                    Write(folder, version % Versions);
                    await loader.LoadAsync(folder.Path);
                    Interlocked.Increment(ref reloads);
                }
            }),
            Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await loader.LoadAsync(folder.Path);
                }
            }),
        ];

        var answers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => Task.Factory.StartNew(
            () => Ask(reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).WaitAsync(Limit);
        await stop.CancelAsync();
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(answers.Sum(answer => answer.Right), Is.EqualTo(Questions / Readers * Readers), string.Join('\n', answers.Select(answer => answer.Wrong)));
        Assert.That(reloads, Is.GreaterThan(1));
    }

    // In each version all names stand under another arc, and have another label, so that a mix of two versions shows.
    private static void Write(MibFolder folder, int version)
    {
        var text = new System.Text.StringBuilder("STORM-MIB DEFINITIONS ::= BEGIN IMPORTS enterprises, OBJECT-TYPE FROM SNMPv2-SMI;\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"storm OBJECT IDENTIFIER ::= {{ enterprises 99999 {version} }}\n");
        for (var i = 0; i < Names; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"storm{i} OBJECT-TYPE SYNTAX INTEGER {{ version{version}({i}) }} MAX-ACCESS read-only STATUS current DESCRIPTION \"d\" ::= {{ storm {i} }}\n");
        }

        text.Append("END\n").Append(' ', version);
        var file = folder.WriteText("new", text.ToString());
        File.Move(file, Path.Combine(folder.Path, "storm.mib"), overwrite: true);
    }

    private static (int Right, string? Wrong) Ask(int reader)
    {
        var right = 0;
        var random = new Random(reader);
        for (var i = 0; i < Questions / Readers; i++)
        {
            var number = random.Next(Names);
            var wrong = (i & 1) == 0 ? Resolve(MibTree.Current, number) : Format(MibTree.Current, number, random.Next(Versions));
            if (wrong is not null)
            {
                return (right, wrong);
            }

            right++;
        }

        return (right, null);
    }

    private static string? Resolve(MibTree tree, int number)
    {
        var node = tree.Find($"STORM-MIB::storm{number}");
        return node is { Oid: var oid, Syntax.NamedNumbers: [var label] }
            && label.Name == $"version{oid[7]}"
            && label.Number == number
            && oid[8] == number
            && tree.TryResolve($"storm{number}.5", out var instance)
            && instance == oid.Append(5)
            && tree.Name(instance) == $"STORM-MIB::storm{number}.5"
            && node.Parent!.Oid == oid.Parent
            && node.Parent.Children.Length == Names
            ? null
            : $"storm{number}: {node?.Oid}";
    }

    private static string? Format(MibTree tree, int number, int version)
    {
        var oid = new Oid(1, 3, 6, 1, 4, 1, 99999, (uint)version, (uint)number, 7);
        var name = tree.Name(oid);
        var expected = tree.Find("storm")!.Oid[7] == (uint)version ? $"STORM-MIB::storm{number}.7" : $"SNMPv2-SMI::enterprises.99999.{version}.{number}.7";
        return name == expected ? null : $"{oid}: {name} is not {expected}";
    }
}
