using System.Reflection;
using System.Xml.Linq;
using Connections.Generators.Locking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Connections.Generators.Tests;

/// <summary>Every rule has an id of its own, an analyzer, a help page, and a piece of code that breaks it beside one that keeps it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class DiagnosticCatalogTests
{
    private const string Core = "private Task ReadCoreAsync() => Task.CompletedTask;";
    private const string Read = "[Locked] public partial Task ReadAsync(); " + Core;
    private const string Walk = "[Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable<int> WalkAsync(); private IAsyncEnumerable<int> WalkCoreAsync() => default!; ";

    private const string Inherited = "public abstract class Base : Logged { protected Task ReadCoreAsync(int x) => Task.CompletedTask; } ";
    private const string Marked = "[Pooled] public interface IMeter { [ChangesState] Task ReadAsync(); } ";

    private static readonly Dictionary<string, (string Hit, string Miss)> Rules = new()
    {
        ["CONN001"] = (Meter("[Locked] public Task ReadAsync() => Task.CompletedTask;"), Meter(Read)),
        ["CONN002"] = ($"public class Meter : Logged {{ {Read} }}", Meter(Read)),
        ["CONN003"] = ($"public partial class Meter {{ {Read} }}", Meter(Read)),
        ["CONN004"] = (Meter("[Locked] public partial Task ReadAsync();"), Meter(Read)),
        ["CONN005"] = (Meter("[Locked] public partial Task ReadAsync(int x);" + Core), Meter(Read)),
        ["CONN006"] = (Meter("[Locked] public partial Task ReadAsync(ref int x);"), Meter("[Locked] public partial void Read(ref int x); private void ReadCore(ref int x) { }")),
        ["CONN007"] = (Meter("[Locked] public partial IEnumerable<int> Read();"), Meter("[Locked] public partial List<int> Read(); private List<int> ReadCore() => [];")),
        ["CONN008"] = (Meter("[Locked(TimeoutMs = -2)] public partial Task ReadAsync();" + Core), Meter("[Locked(TimeoutMs = 0)] public partial Task ReadAsync();" + Core)),
        ["CONN009"] = (Meter(Read + "public Task OtherAsync() => ReadCoreAsync();"), Meter(Read + "public Task OtherAsync() => ReadAsync();")),
        ["CONN010"] = (Meter("public void Run() { ((ILockable)this).Lock(default, default, \"x\"); }"), Meter("public void Run() { using var held = ((ILockable)this).Lock(default, default, \"x\"); }")),
        ["CONN011"] = (Meter("public async Task<Releaser> EnterAsync() => await ((ILockable)this).LockAsync(default, default, \"x\");"), Meter("public ValueTask<Releaser> EnterAsync() => ((ILockable)this).LockAsync(default, default, \"x\");")),
        ["CONN012"] = (Meter("[Locked] public partial void Read(); private void ReadCore() => Task.Delay(1).Wait();"), Meter("[Locked] public partial void Read(); private void ReadCore() { } public void Other() => Task.Delay(1).Wait();")),
        ["CONN013"] = (Meter("[Locked(Hold = LockHold.Enumeration)] public partial Task ReadAsync();" + Core), Meter(Walk)),
        ["CONN014"] = (Meter(Read + Walk + "public async Task RunAsync() { await foreach (var x in WalkAsync()) { await ReadAsync(); } }"), Meter(Read + Walk + "public async Task RunAsync() { await foreach (var x in WalkAsync()) { } await ReadAsync(); }")),
        ["CONN015"] = (Inherited + Heir("ReadCoreAsync(long x)"), Inherited + Heir("ReadCoreAsync(string x)")),
        ["CONN020"] = ("[Pooled] public interface IMeter<T>;", "[Pooled] public interface IMeter;"),
        ["CONN021"] = ("[Pooled] public interface IMeter { void Read(); }", "[Pooled] public interface IMeter { Task ReadAsync(); }"),
        ["CONN022"] = (Meter("[ChangesState] public void Read() { }"), Meter("[ChangesState]" + Read)),
        ["CONN023"] = (Marked + Implementation(Read), Marked + Implementation("[ChangesState]" + Read)),
        ["CONN030"] = ("[RpcService] public interface IMeter<T>;", "[RpcService] public interface IMeter;"),
        ["CONN031"] = ("[RpcService] public interface IMeter { void Read(); }", "[RpcService] public interface IMeter { Task ReadAsync(); }"),
        ["CONN032"] = ("[RpcService] public interface IMeter { Task<Version> ReadAsync(); }", "[RpcService] public interface IMeter { Task<byte[]> ReadAsync(); }"),
        ["CONN033"] = ("public interface IMeter { [Idempotent] Task ReadAsync(); }", "[RpcService] public interface IMeter { [Idempotent] Task ReadAsync(); }"),
    };

    private static IEnumerable<string> Ids => Rules.Keys;

    [TestCaseSource(nameof(Ids))]
    public async Task A_rule_is_reported_where_it_is_broken_and_nowhere_else(string id)
    {
        var (hit, miss) = Rules[id];

        Assert.That(await new Snippet(hit).AnalyzeAsync(), Has.Exactly(1).Items.And.All.StartsWith(id));
        Assert.That(await new Snippet(miss).AnalyzeAsync(), Is.Empty);
    }

    [Test]
    public void Every_rule_has_an_id_of_its_own_and_an_analyzer()
    {
        var declared = Declared().Select(rule => rule.Descriptor.Id).ToList();
        var reported = typeof(LockedAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .Select(descriptor => descriptor.Id);

        Assert.That(declared, Is.Unique.And.EquivalentTo(Ids));
        Assert.That(reported, Is.EquivalentTo(declared));
    }

    [Test]
    public void Every_rule_has_a_help_page_with_an_example_of_what_is_right()
    {
        var pages = XDocument.Load(Path.ChangeExtension(typeof(LockedAnalyzer).Assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary"));
        foreach (var (field, descriptor) in Declared())
        {
            var page = pages[$"F:{field.DeclaringType!.FullName}.{field.Name}"];
            Assert.That(page!.Descendants("code").First().Value, Does.Contain("// reported").Or.Contain("// right"), descriptor.Id);
            Assert.That(descriptor.Title.ToString(), Is.Not.Empty);
        }
    }

    private static IEnumerable<(FieldInfo Field, DiagnosticDescriptor Descriptor)> Declared() => typeof(LockedAnalyzer).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(field => (field, (DiagnosticDescriptor)field.GetValue(null)!));

    private static string Meter(string members) => $"public sealed partial class Meter : Logged {{ {members} }}";

    private static string Heir(string overload) =>
        $"public sealed partial class Meter : Base {{ [Locked] public partial Task ReadAsync(int x); private Task {overload} => Task.CompletedTask; }}";

    private static string Implementation(string members) => $"public sealed partial class Meter : Logged, IMeter {{ {members} }}";
}
