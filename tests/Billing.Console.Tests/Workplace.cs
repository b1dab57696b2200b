using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Console.Tests;

/// <summary>A folder with a store for one test, and a clock of its own.</summary>
internal sealed partial class Workplace : IDisposable
{
    private readonly TickingTime _time = new();

    public Workplace(string kind = StoreKinds.Sqlite)
    {
        Folder = Some.Folder();
        Store = StoreKinds.NewAddress(kind, Folder);
    }

    /// <summary>The layout, rates and rules of the invoices.</summary>
    public static string[] InvoiceOptions { get; } = ["--layout", Sample("layout.invoices.json"), "--rates", Sample("rates.json"), "--rules", Sample("rules.invoices.json")];

    /// <summary>The three invoice files.</summary>
    public static string Invoices { get; } = Sample("billing_data_*.csv");

    public string Folder { get; }

    public string Store { get; }

    public static string Sample(string name) => Repository.PathTo("samples", "data", name);

    public string PathTo(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathTo(name), text);
        return PathTo(name);
    }

    public Task<Run> BillingAsync(params string[] args) => BillingAsync(null, args);

    public Task<Run> BillingAsync(int? width, params string[] args) => BillingWithAsync(width, null, null, args);

    /// <summary>With a standard input, or with a person at the terminal who answers.</summary>
    public async Task<Run> BillingWithAsync(int? width, string? input, string? answers, params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new() { NewLine = "\n" };
        using Terminal terminal = new(output, error, width, timeProvider: _time, input: input is null ? null : () => new MemoryStream(Encoding.UTF8.GetBytes(input)), answers: answers is null ? null : new StringReader(answers));
        terminal.Out.Profile.Capabilities.Ansi = false;
        int exitCode = await BillingCommand.RunAsync(args, terminal, TestContext.Current.CancellationToken);
        return new Run(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Ingests the three invoice files into the store.</summary>
    public Task<Run> IngestInvoicesAsync(params string[] more) => BillingAsync(["ingest", Invoices, .. InvoiceOptions, "--to", Store, .. more]);

    /// <summary>Compares an output with its approved file; run ids, stores and paths, which differ each time, stand as names, in quotation marks or not.</summary>
    public void Check(string golden, string actual) =>
        GoldenFile.Check(golden, RunId().Replace(actual.Replace($"'{Store}'", Store, StringComparison.Ordinal).Replace(Store, "sqlite:<folder>/billing.db", StringComparison.Ordinal), "<run>").Replace(Folder, "<folder>", StringComparison.Ordinal).Replace(Repository.Root, "<repository>", StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex RunId();
}
