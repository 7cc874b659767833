using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Connections.Generators.Locking;
using Connections.Generators.Pools;
using Connections.Generators.Rpc;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Connections.Generators.Tests;

/// <summary>A piece of C# as a user would write it, compiled in memory with the generators and analyzers at work.</summary>
internal sealed class Snippet
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Connections.Locking;
        global using Connections.Pools;
        global using Connections.Native.Rpc;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        allowUnsafe: true);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Compilation _before;
    private readonly GeneratorDriver _driver;
    private readonly Compilation _after;

    /// <summary>Compiles a snippet against contracts that keep a log, or, if it is said so, against the library itself.</summary>
    public Snippet(string source, bool againstLibrary = false)
        : this(CSharpCompilation.Create("Snippet", [Parse(Usings), Parse(againstLibrary ? "" : Contracts.Source), Parse(source)], References, Options), NewDriver())
    {
    }

    private Snippet(Compilation before, GeneratorDriver driver)
    {
        _before = before;
        _driver = driver.RunGeneratorsAndUpdateCompilation(before, out _after, out _);
    }

    /// <summary>What the compiler says, with the generated code in place.</summary>
    public IReadOnlyList<string> CompilerDiagnostics => Describe(_after.GetDiagnostics());

    public IReadOnlyList<string> GeneratedFiles =>
        [.. _driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources).Select(source => source.HintName)];

    public string GeneratedText =>
        string.Join("\n", _driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources).Select(source => source.SourceText));

    /// <summary>The messages of the analyzers of this project, each headed by its id.</summary>
    public async Task<IReadOnlyList<string>> AnalyzeAsync()
    {
        var diagnostics = await _after
            .WithAnalyzers([new LockedAnalyzer(), new CoreCallAnalyzer(), new ReleaserAnalyzer(), new BlockingAnalyzer(), new HeldStreamAnalyzer(), new PooledAnalyzer(), new ChangesStateAnalyzer(), new RpcAnalyzer()])
            .GetAnalyzerDiagnosticsAsync()
            .WaitAsync(TimeSpan.FromSeconds(60));
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage()}")];
    }

    /// <summary>The documentation of a member, by its documentation id, as the compiler writes it.</summary>
    public string? DocumentationOf(string id) => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, _after)?.GetDocumentationCommentXml();

    /// <summary>Loads the compiled snippet and runs its <c>static Task&lt;string&gt; Program.RunAsync()</c>.</summary>
    public async Task<string> RunAsync()
    {
        using var image = new MemoryStream();
        var emitted = _after.Emit(image);
        Assert.That(Describe(emitted.Diagnostics), Is.Empty, GeneratedText);

        image.Position = 0;
        var context = new AssemblyLoadContext("Snippet", isCollectible: true);
        try
        {
            var run = context.LoadFromStream(image).GetType("Program")!.GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static)!;
            return await run.CreateDelegate<Func<Task<string>>>()().WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>The same snippet with one more file in it.</summary>
    public Snippet With(string source) => new(_before.AddSyntaxTrees(Parse(source)), _driver);

    /// <summary>The same snippet with a text in its last file replaced.</summary>
    public Snippet Replace(string text, string replacement)
    {
        var edited = _before.SyntaxTrees.Last();
        var after = edited.ToString().Replace(text, replacement, StringComparison.Ordinal);
        Assert.That(after, Is.Not.EqualTo(edited.ToString()), "the edit");
        return new(_before.ReplaceSyntaxTree(edited, Parse(after)), _driver);
    }

    /// <summary>Why the outputs of a pipeline step ran when this snippet was compiled.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
    [
        .. _driver.GetRunResult().Results
            .Where(result => result.TrackedSteps.ContainsKey(step))
            .SelectMany(result => result.TrackedSteps[step])
            .SelectMany(run => run.Outputs)
            .Select(output => output.Reason),
    ];

    /// <summary>Why each generated file was written when this snippet was compiled.</summary>
    public IReadOnlyList<IncrementalStepRunReason> OutputReasons =>
    [
        .. _driver.GetRunResult().Results
            .SelectMany(result => result.TrackedOutputSteps.Values)
            .SelectMany(runs => runs)
            .SelectMany(run => run.Outputs)
            .Select(output => output.Reason),
    ];

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new LockedGenerator().AsSourceGenerator(), new PooledGenerator().AsSourceGenerator(), new RpcGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions, path: "Snippet.cs");

    private static IReadOnlyList<string> Describe(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS0436")
            .Select(diagnostic => diagnostic.ToString()),
    ];
}
