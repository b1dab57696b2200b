using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Billing.Console.Arguments;

/// <summary>Every option of every command, once.</summary>
internal sealed class CommandOptions
{
    private const string DefaultStore = "sqlite:billing.db";

    /// <summary>Where a command writes to.</summary>
    public Option<string> To { get; } = new("--store", "--to")
    {
        Description = "The store: sqlite:PATH, mysql://USER@HOST/DATABASE, postgres://USER@HOST/DATABASE, dynamodb:TABLE, or memory: to keep nothing.",
        HelpName = "STORE",
        DefaultValueFactory = _ => DefaultStore,
    };

    /// <summary>Where a command reads from; <c>--to</c> is a date of some.</summary>
    public Option<string> Store { get; } = new("--store")
    {
        Description = "The store: sqlite:PATH, mysql://USER@HOST/DATABASE, postgres://USER@HOST/DATABASE or dynamodb:TABLE.",
        HelpName = "STORE",
        DefaultValueFactory = _ => DefaultStore,
    };

    /// <summary>The store that is copied; <c>--from</c> is a date elsewhere.</summary>
    public Option<string> CopyFrom { get; } = new("--from") { Description = "The store to copy.", HelpName = "STORE", Required = true };

    /// <summary>The store that a copy goes to: there is no default where two are named.</summary>
    public Option<string> CopyTo { get; } = new("--to") { Description = "The store to copy to. It is created if it does not exist.", HelpName = "STORE", Required = true };

    public Option<string?> Against { get; } = new("--against") { Description = "Another store to compare with, record by record.", HelpName = "STORE" };

    public Option<string?> Layout { get; } = new("--layout")
    {
        Description = "The layout file: which column is what. Without one, columns are found by their header.",
        HelpName = "FILE",
    };

    public Option<string?> Rates { get; } = new("--rates")
    {
        Description = "The exchange rates: a file, CAD=0.75,MXN=0.059, or ecb:FILE.",
        HelpName = "RATES",
    };

    public Option<string?> Rules { get; } = new("--rules")
    {
        Description = "The rules file: categories, flags, requirements.",
        HelpName = "FILE",
    };

    public Option<string> ReportingCurrency { get; } = new("--currency")
    {
        Description = "The currency that every amount is stated in.",
        HelpName = "CODE",
        DefaultValueFactory = _ => "USD",
    };

    public Option<RecordIdentity?> Identity { get; } = new("--identity")
    {
        Description = "What makes a record the same: content, columns:a,b, columns+occurrence:a,b or position.",
        HelpName = "IDENTITY",
        CustomParser = ParseIdentity,
    };

    public Option<string?> Scope { get; } = new("--scope")
    {
        Description = "Whose records these are: an account, a supplier. Part of every key.",
        HelpName = "NAME",
    };

    public Option<string?> Replaces { get; } = new("--replaces")
    {
        Description = "The file is the whole of a period and of --scope: 2025-06, 2025 or 2025-06-01..2025-06-30. What is stored of them and not in the file is superseded.",
        HelpName = "PERIOD",
    };

    public Option<string?> DeliveryVersion { get; } = new("--version")
    {
        Description = "With --replaces: the version that the sender states, a number or a date. An older one than is stored is refused.",
        HelpName = "V",
    };

    public Option<string?> AsOf { get; } = new("--as-of") { Description = "Shows the store as it was when this run or entry had ended.", HelpName = "ID" };

    public Option<StatedTotals?> Expect { get; } = new("--expect")
    {
        Description = "What the sender states of the file: rows=1200,total:EUR=8415.84,opening=100,closing=8515.84. If it does not come out, nothing is stored.",
        HelpName = "TOTALS",
        CustomParser = ParseTotals,
    };

    public Option<string?> ExpectFile { get; } = new("--expect-file") { Description = "A JSON file with what the sender states of the file.", HelpName = "FILE" };

    public Option<bool> ExpectBeside { get; } = new("--expect-beside") { Description = "Of each FILE, what FILE.expect.json beside it states. It must be there." };

    public Option<DriftPolicy?> Drift { get; } = new("--drift")
    {
        Description = "Where a file differs from earlier ones: warn (the default), stop (store nothing), accept (it is right, and later files are compared with it) or off.",
        HelpName = "POLICY",
        CustomParser = DriftArgument.Parse,
    };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Writes nothing, and shows what a run would do." };

    public Option<bool> Reread { get; } = new("--reread") { Description = "Reads every file row by row, also one whose bytes a run took before." };

    public Option<string?> Csv { get; } = new("--csv") { Description = "Writes the whole list to a new CSV file.", HelpName = "FILE" };

    public Option<bool> Force { get; } = new("--force") { Description = "Overwrites an existing file." };

    public Option<bool> Json { get; } = new("--json") { Description = "Prints one JSON document and nothing else." };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Shows where an error came from.", Recursive = true };

    public Option<DateOnly?> FirstDate { get; } = new("--from") { Description = "The first date, yyyy-MM-dd.", HelpName = "DATE", CustomParser = ParseDate };

    public Option<DateOnly?> LastDate { get; } = new("--to") { Description = "The last date, yyyy-MM-dd.", HelpName = "DATE", CustomParser = ParseDate };

    public Option<string?> Party { get; } = new("--party") { Description = "The exact party.", HelpName = "NAME" };

    public Option<string?> Category { get; } = new("--category") { Description = "The exact category, or \"\" for records without one.", HelpName = "NAME" };

    public Option<string?> BilledCurrency { get; } = new("--currency") { Description = "The currency as invoiced.", HelpName = "CODE" };

    public Option<string?> Text { get; } = new("--text") { Description = "A text in party, account, description or source id.", HelpName = "TEXT" };

    public Option<string?> Flag { get; } = new("--flag") { Description = "A flag of the record.", HelpName = "NAME" };

    public Option<string?> Run { get; } = new("--run") { Description = "The id of the run.", HelpName = "ID" };

    public Option<string?> Source { get; } = new("--source") { Description = "The name of the source.", HelpName = "NAME" };

    public Option<string?> OnlyScope { get; } = new("--scope") { Description = "The exact scope.", HelpName = "NAME" };

    public Option<string?> Reason { get; } = new("--reason") { Description = "A reason code, such as bad_date.", HelpName = "CODE" };

    public Option<bool> Resolved { get; } = new("--resolved") { Description = "Also lists closed rows: replayed, corrected, dismissed." };

    public Option<SummaryBy> By { get; } = new("--by")
    {
        Description = "What to group by: month, day, minute, category, party or currency.",
        HelpName = "GROUP",
        DefaultValueFactory = _ => SummaryBy.Month,
        CustomParser = ParseSummaryBy,
    };

    public Option<int> PageSize { get; } = new("--page-size")
    {
        Description = "The most items to list, 1 to 10,000.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
        CustomParser = result => Numbers.Parse(result, 1, 10_000),
    };

    public Option<string?> Token { get; } = new("--token") { Description = "Continues a listing: the token at the end of its last page.", HelpName = "TOKEN" };

    public Option<bool> All { get; } = new("--all") { Description = "Lists all pages." };

    public Option<string?> LayoutOut { get; } = new("--out") { Description = "Writes the layout to a new file.", HelpName = "FILE" };

    /// <summary>The layout that a proposal goes on from.</summary>
    public Option<string?> LayoutToGoOnFrom { get; } = new("--layout") { Description = "A layout to continue from: what it states is kept.", HelpName = "FILE" };

    /// <summary>The layout whose ignored columns a migration goes by.</summary>
    public Option<string?> LayoutToIgnoreBy { get; } = new("--layout") { Description = "The layout whose ignored columns the records get.", HelpName = "FILE" };

    /// <summary>The answer to what the amounts are in; <c>--currency</c> is what they are stated in elsewhere.</summary>
    public Option<string?> AmountCurrency { get; } = new("--currency") { Description = "The currency of rows that name none.", HelpName = "CODE" };

    public Option<string?> DataOut { get; } = new("--out") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };

    public Option<long> Rows { get; } = new("--rows")
    {
        Description = "The number of rows.",
        HelpName = "N",
        Required = true,
        CustomParser = result => Numbers.Parse(result, 0L, 100_000_000_000L),
    };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "The same seed gives the same bytes.",
        HelpName = "S",
        Required = true,
        CustomParser = result => Numbers.Parse(result, 0UL, ulong.MaxValue),
    };

    public Option<decimal> Dirt { get; } = new("--dirt")
    {
        Description = "The percentage of rows with a fault.",
        HelpName = "P",
        DefaultValueFactory = _ => 0m,
        CustomParser = result => Numbers.Parse(result, 0m, 100m),
    };

    /// <summary>What a pipeline is made of.</summary>
    public IEnumerable<Option> OfPipeline => [Layout, Rates, Rules, ReportingCurrency, Identity, Scope];

    /// <summary>Which records.</summary>
    public IEnumerable<Option> OfQuery => [FirstDate, LastDate, Party, Category, BilledCurrency, Text, Flag, Run, Source, OnlyScope];

    /// <summary>Which page.</summary>
    public IEnumerable<Option> OfPage => [PageSize, Token, All];

    private static StatedTotals? ParseTotals(ArgumentResult result)
    {
        try
        {
            return StatedTotals.Parse(result.Tokens[0].Value) with { Name = "--expect" };
        }
        catch (FormatException exception)
        {
            result.AddError(exception.Message);
            return null;
        }
    }

    private static DateOnly? ParseDate(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return date;
        }

        string remedy = text.Contains(':', StringComparison.Ordinal)
            ? "Here --from and --to are the first and the last date. Name the store with --store."
            : "Write it as yyyy-MM-dd, such as 2025-06-30.";
        result.AddError($"'{text}' is not a date. {remedy}");
        return null;
    }

    private static SummaryBy ParseSummaryBy(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (SummaryBy by in Enum.GetValues<SummaryBy>())
        {
            if (text.Equals(by.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return by;
            }
        }

        result.AddError($"Records cannot be grouped by '{text}'. Use month, day, minute, category, party or currency.");
        return default;
    }

    private static RecordIdentity? ParseIdentity(ArgumentResult result)
    {
        try
        {
            return RecordIdentity.Parse(result.Tokens[0].Value);
        }
        catch (FormatException exception)
        {
            result.AddError(exception.Message);
            return null;
        }
    }
}
