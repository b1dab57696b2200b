using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Lambda.Destinations;
using Amazon.CDK.AWS.Lambda.EventSources;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Billing.Infrastructure.Parts;

/// <summary>
/// One function of samples/Billing.Lambda: the native executable, with the function as its handler. Its role may write to its own log, and nothing else
/// until it is granted more.
/// </summary>
internal sealed class BillingFunction : Construct
{
    private readonly CloudSettings _settings;
    private readonly FoundationStack _foundation;
    private readonly string _name;

    public BillingFunction(Construct scope, string handler, CloudSettings settings, FoundationStack foundation, Duration timeout, IDictionary<string, string> environment, DatabaseStack? database = null)
        : base(scope, handler)
    {
        _settings = settings;
        _foundation = foundation;
        _name = $"billing-{settings.Stage}-{handler}";
        Timeout = timeout;
        LogGroup log = new(this, "Log", new LogGroupProps
        {
            LogGroupName = $"/aws/lambda/{_name}",
            Retention = RetentionDays.THREE_MONTHS,
            RemovalPolicy = Removal.Of(settings),
        });
        Role = new Role(this, "Role", new RoleProps { AssumedBy = Trust.Of("lambda.amazonaws.com"), Description = $"The function {_name}" });
        log.GrantWrite(Role);
        if (database is not null)
        {
            AllowNetworkInterfaces();
        }

        Function = new Function(this, "Function", new FunctionProps
        {
            FunctionName = _name,
            Description = $"Billing {settings.Stage}: {handler}",
            Runtime = Runtime.PROVIDED_AL2023,
            Architecture = FunctionBinary.ArchitectureOf(settings.CodePath),
            Handler = handler,
            Code = Code.FromAsset(settings.CodePath),
            MemorySize = 1024,
            Timeout = timeout,
            Role = Role,
            LogGroup = log,
            Environment = environment,
            Vpc = database?.Vpc,
            VpcSubnets = database is null ? null : new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            SecurityGroups = database is null ? null : [database.Functions],
        });
        if (database is not null)
        {
            Certificates.Add(Function, settings);
        }

        Alarms.Add(this, "Errors", $"{_name}-errors", $"An invocation of {_name} failed. Its log says why.", Function.MetricErrors(Alarms.Over("Sum")), 1, foundation.Alarms);
        Alarms.Add(this, "Throttles", $"{_name}-throttles", $"{_name} could not run, because the account has reached its limit of concurrent functions.", Function.MetricThrottles(Alarms.Over("Sum")), 1, foundation.Alarms);
        Alarms.Add(this, "Duration", $"{_name}-duration", $"An invocation of {_name} took nine tenths of its timeout.", Function.MetricDuration(Alarms.Over("Maximum")), timeout.ToMilliseconds() * 0.9, foundation.Alarms);
    }

    public Function Function { get; }

    public Role Role { get; }

    public Duration Timeout { get; }

    /// <summary>Feeds the function from a queue. Messages that it names as failed are delivered again; the others are deleted.</summary>
    public void ReadFrom(WorkQueue queue, int batchSize, Duration window, int? maxConcurrency = null) => Function.AddEventSource(new SqsEventSource(queue.Queue, new SqsEventSourceProps
    {
        BatchSize = batchSize,
        MaxBatchingWindow = window,
        MaxConcurrency = maxConcurrency,
        ReportBatchItemFailures = true,
    }));

    /// <summary>Keeps an event of an asynchronous invocation after its third failure.</summary>
    public void KeepFailedEvents()
    {
        WorkQueue.DeadLetters failed = new(this, "Failed", _name + "-failed", _settings, _foundation);
        Function.ConfigureAsyncInvoke(new EventInvokeConfigOptions { RetryAttempts = 2, MaxEventAge = Duration.Hours(6), OnFailure = new SqsDestination(failed.Queue) });
    }

    // These actions do not apply to a specific resource.
    private void AllowNetworkInterfaces() => Role.AddToPolicy(new PolicyStatement(new PolicyStatementProps
    {
        Sid = "NetworkInterfacesOfTheFunction",
        Actions =
        [
            "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
        ],
        Resources = ["*"],
    }));
}
