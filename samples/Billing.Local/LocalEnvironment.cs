using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Billing.Emulators;
using Billing.Local.Functions;
using Billing.Local.Http;
using Billing.Local.Queues;
using Billing.Local.Secrets;
using Billing.Local.Systems;

namespace Billing.Local;

/// <summary>The five systems on this machine: emulators, functions, pollers, HTTP APIs. All of it ends when this object is disposed, or when the process dies.</summary>
public sealed class LocalEnvironment : IAsyncDisposable
{
    private const string DatabaseUser = "billing";

    // The currency of the functions' expenses.
    private const string ReportingCurrency = "USD";

    private readonly LocalOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly Dictionary<string, LocalFunction> _functions = new(StringComparer.Ordinal);
    private readonly List<Task> _pollers = [];
    private readonly SecretsStore _secrets;
    private readonly string _folder;
    private FauxqsServer? _storage;
    private DynamoDbServer? _dynamoDb;
    private MySqlServer? _database;
    private LocalState? _state;
    private Uri? _page;
    private TokenCheck? _tokens;
    private LocalClient? _client;

    private LocalEnvironment(LocalOptions options)
    {
        _options = options;
        _secrets = new SecretsStore(options.Time);
        _folder = options.DataFolder is { } folder ? Directory.CreateDirectory(folder).FullName : Directory.CreateTempSubdirectory("billing-local-").FullName;
    }

    /// <summary>The location of every part.</summary>
    public LocalState State => _state!;

    /// <summary>The client of this environment.</summary>
    public LocalClient Client => _client!;

    /// <summary>The database server, or null if none is used.</summary>
    public MySqlServer? Database => _database;

    /// <summary>The DynamoDB server.</summary>
    public DynamoDbServer DynamoDb => _dynamoDb!;

    /// <summary>Returns what must be installed before an environment can start, one sentence each, with what to do; empty if nothing is missing.</summary>
    public static IReadOnlyList<string> Missing(LocalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. ((string?[])[FauxqsServer.Missing(), DynamoDbServer.Missing(), options.UsesDatabase ? MySqlServer.Missing() : null]).OfType<string>()];
    }

    /// <summary>Starts everything.</summary>
    /// <exception cref="LocalException">A part is missing or does not start. The message says what to do.</exception>
    public static async Task<LocalEnvironment> StartAsync(LocalOptions? options = null, CancellationToken cancellationToken = default)
    {
        LocalOptions use = options ?? new LocalOptions();
        if (Missing(use) is { Count: > 0 } missing)
        {
            throw new LocalException(string.Join(' ', missing));
        }

        StatedPorts.Check(use);
        LocalEnvironment environment = new(use);
        try
        {
            await environment.StartPartsAsync(cancellationToken);
            return environment;
        }
        catch (Exception exception)
        {
            await environment.DisposeAsync();
            throw exception is EmulatorException or FunctionInitException ? new LocalException(exception.Message, exception) : exception;
        }
    }

    /// <summary>Invokes a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="requestId">The id of the request; null for a new one. Lambda gives a retry the id of the first attempt.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, string? requestId = null, CancellationToken cancellationToken = default) =>
        _functions.TryGetValue(function, out LocalFunction? local)
            ? local.InvokeAsync(payload, requestId, cancellationToken)
            : throw new LocalException($"There is no function '{function}'. Functions: {string.Join(", ", _functions.Keys)}.");

    /// <summary>Returns the current processes of a function.</summary>
    public IReadOnlyList<int> ProcessesOf(string function) => _functions[function].ProcessIds;

    /// <summary>Gives the database user a new password in the server and in the secret, as a rotation does. Connections with the old password are closed.</summary>
    public void RotateDatabasePassword()
    {
        SetDatabasePassword();
        string? ids = _database!.Scalar($"SELECT GROUP_CONCAT(id) FROM information_schema.processlist WHERE user = '{DatabaseUser}'");
        foreach (string id in (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            _database.Execute($"KILL {id}");
        }

        Tell(LocalEventKind.Lifecycle, Deployment.Secret, "rotated");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_functions.Values.Select(function => function.DisposeAsync().AsTask()));
        await Task.WhenAll(_pollers);
        while (_parts.TryPop(out IAsyncDisposable? part))
        {
            await part.DisposeAsync();
        }

        _client?.Dispose();
        _database?.Dispose();
        _dynamoDb?.Dispose();
        _storage?.Dispose();
        _state?.Remove();
        _stopping.Dispose();
        if (_options.DataFolder is null && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        FunctionProgram program = FunctionProgram.Find(_options);
        string? page = PageFolder.Find(_options.PageFolder, AppContext.BaseDirectory);
        TokenTrust? trust = TokenTrust.Of(_options, page is not null);
        if (trust is not null)
        {
            _tokens = await TokenCheck.StartAsync(trust, _options.Time, cancellationToken);
            _parts.Push(_tokens);
        }

        Task<MySqlServer>? database = _options.UsesDatabase ? Task.Run(() => MySqlServer.StartIn(Path.Combine(_folder, "mariadb"), _options.DatabasePort), cancellationToken) : null;
        string? tables = _options.TablesInMemory ?? _options.DataFolder is null ? null : Directory.CreateDirectory(Path.Combine(_folder, "dynamodb")).FullName;
        Task<DynamoDbServer> dynamoDb = Task.Run(() => new DynamoDbServer(tables, _options.DynamoDbPort), cancellationToken);
        Task<FauxqsServer> storage = Task.Run(() => new FauxqsServer(Resources(), _options.StoragePort), cancellationToken);
        try
        {
            await Task.WhenAll([storage, dynamoDb, .. database is null ? (Task[])[] : [database]]);
        }
        finally
        {
            // What has started is stopped with the rest, even if something else failed to start.
            _storage = storage.IsCompletedSuccessfully ? storage.Result : null;
            _dynamoDb = dynamoDb.IsCompletedSuccessfully ? dynamoDb.Result : null;
            _database = database is { IsCompletedSuccessfully: true } ? database.Result : null;
        }

        if (_database is not null)
        {
            _database.Execute($"CREATE DATABASE IF NOT EXISTS {Deployment.Database}");
            SetDatabasePassword();
        }

        LoopbackServer control = await ServeAsync(_options.ControlPort, new ControlEndpoint(new SecretsEndpoint(_secrets), _functions, Tell).AnswerAsync, cancellationToken);
        Dictionary<string, string> variables = Variables(control.Port);
        foreach (string name in Deployment.Functions)
        {
            _functions[name] = new LocalFunction(new FunctionSetup(name, program, variables, _options.FunctionTimeout, _options.Time, line => Tell(LocalEventKind.Output, name, line), process => _options.OnTaken?.Invoke(name, process)));
        }

        LoopbackServer receipts = await ServeAsync(_options.ReceiptsPort, Gateway("receipts API", Deployment.ReceiptsRoutes).AnswerAsync, cancellationToken);
        LoopbackServer transactions = await ServeAsync(_options.TransactionsPort, Gateway("transactions API", Deployment.TransactionsRoutes).AnswerAsync, cancellationToken);
        LoopbackServer expenses = await ServeAsync(_options.ExpensesPort, Gateway("expenses API", Deployment.ExpensesRoutes).AnswerAsync, cancellationToken);
        if (page is not null)
        {
            Dictionary<string, Uri> apis = new() { ["expenses"] = Loopback(expenses.Port), ["receipts"] = Loopback(receipts.Port), ["transactions"] = Loopback(transactions.Port) };
            string[] currencies = [ReportingCurrency, .. variables["BILLING_RATES"].Split(',').Select(rate => rate.Split('=')[0].Trim()).Where(code => code != ReportingCurrency)];
            PageEndpoint endpoint = new(page, apis, ReportingCurrency, currencies, PageSignIn.Of(trust, _tokens, _options.PageClient));
            _page = Loopback((await ServeAsync(_options.PagePort, endpoint.AnswerAsync, cancellationToken)).Port);
        }

        using Process self = Process.GetCurrentProcess();
        _state = new LocalState
        {
            ProcessId = Environment.ProcessId,
            Started = self.StartTime.ToUniversalTime(),
            DataFolder = _folder,
            Storage = _storage!.Endpoint,
            DynamoDb = Loopback(_dynamoDb!.Port),
            Control = Loopback(control.Port),
            ReceiptsApi = Loopback(receipts.Port),
            TransactionsApi = Loopback(transactions.Port),
            ExpensesApi = Loopback(expenses.Port),
            Page = _page,
            DatabasePort = _database?.Port ?? 0,
        };
        _client = new LocalClient(_state, _options.Time);
        if (_options.StartsFunctions)
        {
            await StartFunctionsAsync(cancellationToken);
        }

        foreach (QueueDefinition queue in Deployment.Queues)
        {
            QueuePoller poller = new(_client.Queue(queue.Name), queue, _options, (payload, token) => InvokeAsync(queue.Function, payload, null, token), Tell);
            _pollers.Add(Task.Run(() => poller.RunAsync(_stopping.Token), CancellationToken.None));
        }
    }

    private static Uri Loopback(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    private static string TopicArn() => $"arn:aws:sns:{FauxqsServer.Region}:{FauxqsServer.Account}:{Deployment.AlertTopic}";

    private async Task StartFunctionsAsync(CancellationToken cancellationToken)
    {
        foreach (LocalFunction function in _functions.Values)
        {
            try
            {
                await function.StartAsync(cancellationToken);
                Tell(LocalEventKind.Lifecycle, function.Name, "started");
            }
            catch (FunctionInitException exception)
            {
                // The other functions work without it; its events fail with the same message.
                Tell(LocalEventKind.Failure, function.Name, $"cannot start: {exception.Message}");
            }
        }
    }

    private async Task<LoopbackServer> ServeAsync(int port, Func<Microsoft.AspNetCore.Http.HttpContext, CancellationToken, Task> answer, CancellationToken cancellationToken)
    {
        LoopbackServer server = await LoopbackServer.StartAsync(port, answer, cancellationToken);
        _parts.Push(server);
        return server;
    }

    private HttpGateway Gateway(string name, IReadOnlyList<RouteDefinition> routes) =>
        new(name, routes, _options.CorsOrigin, (function, payload, token) => InvokeAsync(function, payload, null, token), Tell, _options.Time, () => _page, _tokens);

    private void Tell(LocalEventKind kind, string source, string text) => _options.OnEvent?.Invoke(new LocalEvent(_options.Time.GetUtcNow(), kind, source, text));

    private void SetDatabasePassword()
    {
        string password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        foreach (string host in (string[])["127.0.0.1", "localhost"])
        {
            _database!.Execute($"CREATE OR REPLACE USER '{DatabaseUser}'@'{host}' IDENTIFIED BY '{password}'");
            _database.Execute($"GRANT ALL ON {Deployment.Database}.* TO '{DatabaseUser}'@'{host}'");
        }

        _ = _secrets.Put(Deployment.Secret, new JsonObject
        {
            ["username"] = DatabaseUser,
            ["password"] = password,
            ["host"] = "127.0.0.1",
            ["port"] = _database!.Port,
            ["dbname"] = Deployment.Database,
        }.ToJsonString());
    }

    // As in the infrastructure: each queue has a dead-letter queue, and hides messages for six times the timeout of its function.
    private string Resources()
    {
        string hidden = ((int)Math.Ceiling(_options.FunctionTimeout.TotalSeconds) * 6).ToString(CultureInfo.InvariantCulture);
        JsonArray queues = [(JsonNode)new JsonObject { ["name"] = Deployment.AlertInbox }];
        foreach (QueueDefinition queue in Deployment.Queues)
        {
            // Dead letters that a redrive could not send back become visible again soon.
            queues.Add((JsonNode)new JsonObject { ["name"] = queue.DeadLetters, ["attributes"] = new JsonObject { ["VisibilityTimeout"] = "30", ["MessageRetentionPeriod"] = "1209600" } });
            queues.Add((JsonNode)new JsonObject
            {
                ["name"] = queue.Name,
                ["attributes"] = new JsonObject
                {
                    ["VisibilityTimeout"] = hidden,
                    ["RedrivePolicy"] = new JsonObject
                    {
                        ["deadLetterTargetArn"] = $"arn:aws:sqs:{FauxqsServer.Region}:{FauxqsServer.Account}:{queue.DeadLetters}",
                        ["maxReceiveCount"] = _options.MaxReceives.ToString(CultureInfo.InvariantCulture),
                    }.ToJsonString(),
                },
            });
        }

        return new JsonObject
        {
            ["queues"] = queues,
            ["topics"] = new JsonArray(new JsonObject { ["name"] = Deployment.AlertTopic }),
            ["subscriptions"] = new JsonArray(new JsonObject { ["topic"] = Deployment.AlertTopic, ["queue"] = Deployment.AlertInbox }),
            ["buckets"] = new JsonArray([.. Deployment.Buckets.Select(bucket => (JsonNode)bucket)]),
        }.ToJsonString();
    }

    private Dictionary<string, string> Variables(int controlPort)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["TZ"] = "UTC",
            // Processes that are killed would leave their pipes in the temporary folder.
            ["DOTNET_EnableDiagnostics"] = "0",
            ["AWS_REGION"] = FauxqsServer.Region,
            ["AWS_DEFAULT_REGION"] = FauxqsServer.Region,
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            // The user's own AWS account must not be reachable from here.
            ["AWS_SESSION_TOKEN"] = "",
            ["AWS_PROFILE"] = "",
            ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "false",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_ENDPOINT_URL"] = _storage!.Endpoint.AbsoluteUri,
            ["AWS_ENDPOINT_URL_S3"] = _storage.Endpoint.AbsoluteUri,
            ["AWS_ENDPOINT_URL_SQS"] = _storage.Endpoint.AbsoluteUri,
            ["AWS_ENDPOINT_URL_SNS"] = _storage.Endpoint.AbsoluteUri,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = Loopback(_dynamoDb!.Port).AbsoluteUri,
            ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = Loopback(controlPort).AbsoluteUri,
            ["BILLING_CREATE_SCHEMA"] = "true",
            // Example rates, because no real money is involved.
            ["BILLING_RATES"] = "EUR=1.10,GBP=1.30,CAD=0.75,MXN=0.059",
            ["RECEIPTS_TABLE"] = "BillE_Expenses",
            ["TRANSACTIONS_TABLE"] = "RealTimeTransactions",
            ["PAYMENTS_TABLE"] = Deployment.PaymentsTable,
            ["EXPENSES_TABLE"] = "Expenses",
            ["EVENTS_BUCKET"] = Deployment.PaymentEvents,
            ["REPORT_BUCKET"] = Deployment.Reports,
            ["ALERT_TOPIC_ARN"] = TopicArn(),
            ["CORS_ORIGIN"] = _options.CorsOrigin,
        };
        if (_database is not null)
        {
            variables["DB_SECRET_NAME"] = Deployment.Secret;
        }

        foreach ((string name, string value) in _options.Variables)
        {
            variables[name] = value;
        }

        return variables;
    }
}
