namespace Billing.Local;

/// <summary>Options of <see cref="LocalEnvironment"/>. A port of 0 means any free port.</summary>
public sealed class LocalOptions
{
    /// <summary>The folder for the data of tables and database, and for the state file. Default null: a temporary folder, deleted at the end. Buckets and queues are kept in memory only.</summary>
    public string? DataFolder { get; set; }

    /// <summary>The folder of the published functions. Default null: the folder in <c>BILLING_FUNCTIONS</c>; without it, <see cref="FunctionCommand"/>.</summary>
    public string? FunctionsFolder { get; set; }

    /// <summary>The command that runs a function if no folder is given: program and arguments. Default empty: a folder is required.</summary>
    public IReadOnlyList<string> FunctionCommand { get; set; } = [];

    /// <summary>The port of the HTTP API of the receipts. Default 0.</summary>
    public int ReceiptsPort { get; set; }

    /// <summary>The port of the HTTP API of the expenses. Default 0.</summary>
    public int ExpensesPort { get; set; }

    /// <summary>The port of the HTTP API of the transactions; 0 for a free one.</summary>
    public int TransactionsPort { get; set; }

    /// <summary>The folder of the page, as <c>dotnet publish samples/Billing.Web.Client</c> makes it. Default null: the folder <c>page</c> beside the program; without it, no page is served.</summary>
    public string? PageFolder { get; set; }

    /// <summary>The port of the page. Default 0.</summary>
    public int PagePort { get; set; }

    /// <summary>The port of S3, SQS and SNS. Default 0.</summary>
    public int StoragePort { get; set; }

    /// <summary>The port of DynamoDB. Default 0.</summary>
    public int DynamoDbPort { get; set; }

    /// <summary>The port of MariaDB. Default 0.</summary>
    public int DatabasePort { get; set; }

    /// <summary>The port of Secrets Manager, and of Lambda's Invoke. Default 0.</summary>
    public int ControlPort { get; set; }

    /// <summary>Whether MariaDB is started; without it, system 1 and the backup of system 5 fail. Default true.</summary>
    public bool UsesDatabase { get; set; } = true;

    /// <summary>Whether tables are kept in memory only, which is faster. Default null: in memory if there is no <see cref="DataFolder"/>.</summary>
    public bool? TablesInMemory { get; set; }

    /// <summary>Whether each function is started at once instead of with its first event: its tables then exist, and wrong settings show early. Default false.</summary>
    public bool StartsFunctions { get; set; }

    /// <summary>The longest time that an invocation may take. Default 30 seconds; a queue hides its messages six times as long, as in the cloud.</summary>
    public TimeSpan FunctionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a failed message stays hidden before it is delivered again, in whole seconds, up to 12 hours. Default 5 seconds. In the cloud it is the rest of the visibility timeout.
    /// </summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many times a message is received before it goes to the dead letters. Default 5.</summary>
    public int MaxReceives { get; set; } = 5;

    /// <summary>How long a poller collects messages for a batch. Default null: the setting of each system.</summary>
    public TimeSpan? BatchWindow { get; set; }

    /// <summary>The origin that browsers may call the HTTP APIs from. Default <c>*</c>.</summary>
    public string CorsOrigin { get; set; } = "*";

    /// <summary>The issuer of the access tokens that callers of the HTTP APIs sign in with. Default null: nobody signs in.</summary>
    public string? TokenIssuer { get; set; }

    /// <summary>The audience of these tokens, or the client that they are issued to. Needed with <see cref="TokenIssuer"/>.</summary>
    public string? TokenAudience { get; set; }

    /// <summary>The scopes, separated by blanks; a token must have one of them. Default null: <c>billing</c>.</summary>
    public string? TokenScopes { get; set; }

    /// <summary>The id of the page's client at the issuer: people sign in there by OpenID Connect. Default null: the page asks for an access token where there is an issuer.</summary>
    public string? PageClient { get; set; }

    /// <summary>Variables of the functions that replace or extend those of the environment.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    /// <summary>Receives the events of the environment, from any thread. Default null.</summary>
    public Action<LocalEvent>? OnEvent { get; set; }

    /// <summary>Receives each message at the moment a function reports it as done. For measuring.</summary>
    internal Action<Billing.Aws.SqsMessage>? OnDone { get; set; }

    /// <summary>Receives the function and the process that an event is given to, before the process has the event. For tests that kill processes at work.</summary>
    internal Action<string, int>? OnTaken { get; set; }

    /// <summary>The clock. Default: the system clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
