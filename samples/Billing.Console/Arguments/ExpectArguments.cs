using System.CommandLine;

namespace Billing.Console.Arguments;

/// <summary>What is stated of the sources of one command: for one source on the command line or in a file, or in a file beside each.</summary>
internal sealed class ExpectArguments
{
    /// <summary>What the file beside a source is called after it.</summary>
    private const string Beside = ".expect.json";

    private readonly StatedTotals? _one;
    private readonly IReadOnlyDictionary<IBillingSource, StatedTotals> _beside;

    private ExpectArguments(StatedTotals? one, IReadOnlyDictionary<IBillingSource, StatedTotals> beside)
    {
        _one = one;
        _beside = beside;
    }

    /// <summary>Nothing is stated.</summary>
    public static ExpectArguments Nothing { get; } = new(null, new Dictionary<IBillingSource, StatedTotals>());

    /// <exception cref="UsageException">More than one option states totals, there are several sources for one statement, or a file is not there.</exception>
    /// <exception cref="BillingConfigurationException">A file is wrong.</exception>
    public static ExpectArguments Read(ParseResult parse, CommandOptions options, IReadOnlyList<(string? Path, IBillingSource Source)> inputs)
    {
        StatedTotals? stated = parse.GetValue(options.Expect);
        string? file = PipelineArguments.Existing(parse, options.ExpectFile);
        bool beside = parse.GetValue(options.ExpectBeside);
        if ((stated is null ? 0 : 1) + (file is null ? 0 : 1) + (beside ? 1 : 0) > 1)
        {
            throw new UsageException("Totals are stated twice. Use one of --expect, --expect-file and --expect-beside.");
        }

        if (beside)
        {
            return new ExpectArguments(null, inputs.ToDictionary(input => input.Source, input => LoadBeside(input.Path)));
        }

        stated ??= file is null ? null : StatedTotals.Load(file);
        return stated is not null && inputs.Count > 1
            ? throw new UsageException($"{(file is null ? options.Expect.Name : options.ExpectFile.Name)} states the totals of one file, and there are {inputs.Count}. Ingest each on its own, or use --expect-beside.")
            : new ExpectArguments(stated, Nothing._beside);
    }

    /// <summary>What is stated of a source, or null.</summary>
    public StatedTotals? Of(IBillingSource source) => _one ?? _beside.GetValueOrDefault(source);

    private static StatedTotals LoadBeside(string? path) =>
        path is null ? throw new UsageException("--expect-beside: no file can be beside standard input. Use --expect or --expect-file.")
        : File.Exists(path + Beside) ? StatedTotals.Load(path + Beside)
        : throw new UsageException($"--expect-beside: there is no file '{path + Beside}'. Get it from the sender, or leave the option out.");
}
