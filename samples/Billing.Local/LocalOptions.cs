namespace Billing.Local;

/// <summary>How a <see cref="LocalEnvironment"/> is set up. A port of 0 is a free one.</summary>
public sealed class LocalOptions
{
    /// <summary>Where tables and database keep their data, and the state file is. Default null: a temporary folder, deleted at the end. Buckets and queues live in memory only.</summary>
    public string? DataFolder { get; set; }

    /// <summary>The folder of the published functions. Default null: that of <c>BILLING_FUNCTIONS</c>, and without it <see cref="FunctionCommand"/>.</summary>
    public string? FunctionsFolder { get; set; }

    /// <summary>The command that runs a function where no folder is stated: program and arguments. Default empty: a folder must be stated.</summary>
    public IReadOnlyList<string> FunctionCommand { get; set; } = [];

    /// <summary>The port of the HTTP API of the receipts. Default 0.</summary>
    public int ReceiptsPort { get; set; }

    /// <summary>The port of the HTTP API of the expenses. Default 0.</summary>
    public int ExpensesPort { get; set; }

    /// <summary>The port of the HTTP API of the transactions; 0 for a free one.</summary>
    public int TransactionsPort { get; set; }

    /// <summary>The port of S3, SQS and SNS. Default 0.</summary>
    public int StoragePort { get; set; }

    /// <summary>The port of DynamoDB. Default 0.</summary>
    public int DynamoDbPort { get; set; }

    /// <summary>The port of MariaDB. Default 0.</summary>
    public int DatabasePort { get; set; }

    /// <summary>The port of Secrets Manager, and of Lambda's Invoke. Default 0.</summary>
    public int ControlPort { get; set; }

    /// <summary>Whether MariaDB is started; without it systems 1 and the backup of 5 fail. Default true.</summary>
    public bool UsesDatabase { get; set; } = true;

    /// <summary>Whether tables are in memory only, which is faster. Default null: where there is no <see cref="DataFolder"/>.</summary>
    public bool? TablesInMemory { get; set; }

    /// <summary>Whether each function is started at once rather than with its first event: its tables are there, and wrong settings show. Default false.</summary>
    public bool StartsFunctions { get; set; }

    /// <summary>How long an invocation may take. Default 30 seconds; a queue hides its messages six times as long, as in the cloud.</summary>
    public TimeSpan FunctionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long what failed stays hidden before it is delivered again, whole seconds up to 12 hours. Default 5 seconds. In the cloud it is what is left of the visibility timeout.
    /// </summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a message is received before it goes to the dead letters. Default 5.</summary>
    public int MaxReceives { get; set; } = 5;

    /// <summary>How long a poller gathers messages for a batch. Default null: as each system states.</summary>
    public TimeSpan? BatchWindow { get; set; }

    /// <summary>The origin that browsers may call the HTTP APIs from. Default <c>*</c>.</summary>
    public string CorsOrigin { get; set; } = "*";

    /// <summary>Variables of the functions in place of, or besides, those of the environment.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    /// <summary>Gets what happens, from any thread. Default null.</summary>
    public Action<LocalEvent>? OnEvent { get; set; }

    /// <summary>Gets each message that a function has answered as done, at that moment. For measuring.</summary>
    internal Action<Billing.Aws.SqsMessage>? OnDone { get; set; }

    /// <summary>Gets the function and the process that an event has just been handed to, before the process has it. For ending processes at work.</summary>
    internal Action<string, int>? OnTaken { get; set; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
