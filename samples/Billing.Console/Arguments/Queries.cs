using System.CommandLine;

namespace Billing.Console.Arguments;

/// <summary>Reads queries from the command line.</summary>
internal static class Queries
{
    public static RecordQuery Records(ParseResult parse, CommandOptions options) => new()
    {
        From = parse.GetValue(options.FirstDate),
        To = parse.GetValue(options.LastDate),
        Party = parse.GetValue(options.Party),
        Category = parse.GetValue(options.Category),
        Currency = parse.GetValue(options.BilledCurrency)?.ToUpperInvariant(),
        Text = parse.GetValue(options.Text),
        Flag = parse.GetValue(options.Flag),
        RunId = parse.GetValue(options.Run),
        SourceName = parse.GetValue(options.Source),
        Scope = parse.GetValue(options.OnlyScope),
    };

    public static QuarantineQuery Quarantine(ParseResult parse, CommandOptions options) => new()
    {
        Reason = parse.GetValue(options.Reason),
        SourceName = parse.GetValue(options.Source),
        RunId = parse.GetValue(options.Run),
    };
}
