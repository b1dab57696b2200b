using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Billing.Console.Arguments;

/// <summary>The options of <c>billing local</c>.</summary>
internal sealed class LocalCommandOptions
{
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The folder for the data. Default: a temporary one. Buckets and queues are always in memory.",
        HelpName = "FOLDER",
        Recursive = true,
    };

    public Option<string?> Functions { get; } = new("--functions") { Description = "The folder of published functions to run instead of those in this program.", HelpName = "FOLDER" };

    public Option<int> ReceiptsPort { get; } = Port("--receipts-port", "The port of the receipts API. Default: a free one.");

    public Option<int> TransactionsPort { get; } = Port("--transactions-port", "The port of the transactions API. Default: a free one.");

    public Option<int> ExpensesPort { get; } = Port("--expenses-port", "The port of the expenses API. Default: a free one.");

    public Option<string?> Page { get; } = new("--page") { Description = "The folder of the page, as dotnet publish samples/Billing.Web.Client makes it. Default: the folder page beside this program.", HelpName = "FOLDER" };

    public Option<int> PagePort { get; } = Port("--page-port", "The port of the page. Default: a free one.");

    public Option<int> StoragePort { get; } = Port("--storage-port", "The port of S3, SQS and SNS. Default: a free one.");

    public Option<int> DynamoDbPort { get; } = Port("--dynamodb-port", "The port of DynamoDB. Default: a free one.");

    public Option<int> DatabasePort { get; } = Port("--database-port", "The port of MariaDB. Default: a free one.");

    public Option<int> ControlPort { get; } = Port("--control-port", "The port of Secrets Manager and of Lambda's Invoke. Default: a free one.");

    public Option<bool> NoDatabase { get; } = new("--no-database") { Description = "Starts no MariaDB. The invoices and the backup then fail." };

    public Option<int> RetryAfter { get; } = Number("--retry-after", "Seconds until a failed message is delivered again.", 5, 0, 43_200);

    public Option<int> MaxReceives { get; } = Number("--max-receives", "How often a message is delivered before it goes to the dead letters.", 5, 1, 1_000);

    public Option<string> CorsOrigin { get; } = new("--cors-origin") { Description = "The origin from which browsers may call the HTTP APIs.", HelpName = "ORIGIN", DefaultValueFactory = _ => "*" };

    public Option<string?> TokenIssuer { get; } = new("--token-issuer") { Description = "The issuer of the access tokens that callers of the HTTP APIs sign in with. Default: nobody signs in.", HelpName = "URL" };

    public Option<string?> TokenAudience { get; } = new("--token-audience") { Description = "The audience of these tokens, or the client that they are issued to.", HelpName = "ID" };

    public Option<string?> TokenScopes { get; } = new("--token-scopes") { Description = "The scopes, separated by blanks; a token must have one of them. Default: billing.", HelpName = "SCOPES" };

    public Option<string?> PageClient { get; } = new("--page-client") { Description = "The id of the page's client at the issuer, with which readers sign in by OpenID Connect. Default: the page asks for an access token.", HelpName = "ID" };

    public Option<string?> Bucket { get; } = new("--bucket") { Description = "The bucket. Default: that of the invoices for CSV, that of the receipts for every other file.", HelpName = "NAME" };

    public Option<string?> Key { get; } = new("--key") { Description = "The key of the object. Default: the name of the file.", HelpName = "KEY" };

    public Option<string> Payload { get; } = new("--payload") { Description = "The event as JSON.", HelpName = "JSON", DefaultValueFactory = _ => "{}" };

    public Option<int> Count { get; } = Number("--count", "The number of transactions.", 10_000, 100, 1_000_000);

    /// <summary>What the environment itself takes.</summary>
    public IEnumerable<Option> OfEnvironment => [Functions, ReceiptsPort, TransactionsPort, ExpensesPort, Page, PagePort, StoragePort, DynamoDbPort, DatabasePort, ControlPort, NoDatabase, RetryAfter, MaxReceives, CorsOrigin, TokenIssuer, TokenAudience, TokenScopes, PageClient];

    private static Option<int> Port(string name, string description) => Number(name, description, 0, 0, 65_535, "PORT");

    private static Option<int> Number(string name, string description, int otherwise, int least, int most, string helpName = "N") => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => Parse(result, name, least, most),
    };

    private static int Parse(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} cannot be '{text}'. Use a number from {least} to {most:#,0}."));
        return 0;
    }
}
