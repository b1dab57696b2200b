using System.Text.Json.Nodes;
using Billing.Infrastructure.Tests;

[assembly: AssemblyFixture(typeof(SynthesisedCloud))]
// The CDK speaks with one Node.js, one request after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Billing.Infrastructure.Tests;

/// <summary>What a reviewer of the templates would ask.</summary>
public sealed class CloudTests(SynthesisedCloud cloud)
{
    private const int Functions = 13;
    private const int Rotations = 2;

    // EC2 knows no resource for these that could be named before there is one; X-Ray and the delivery of logs know none at all.
    private static readonly HashSet<string> s_nameless =
    [
        "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
        "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
    ];

    [Fact]
    public void Every_system_is_a_stack_of_its_own() => Assert.Equal(
        ["billing-test-database", "billing-test-expenses", "billing-test-foundation", "billing-test-invoices", "billing-test-page", "billing-test-payments", "billing-test-receipts", "billing-test-transactions"],
        cloud.Templates.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("billing-csv", "queue")]
    [InlineData("billing-csv-shard", "machine")]
    [InlineData("receipts", "queue")]
    [InlineData("receipts-api", "http")]
    [InlineData("transactions", "queue")]
    [InlineData("transactions-api", "http")]
    [InlineData("payments", "caller")]
    [InlineData("log-expense", "http")]
    [InlineData("expenses-api", "http")]
    [InlineData("monthly-report", "schedule")]
    [InlineData("backup", "schedule")]
    [InlineData("alerts", "schedule")]
    [InlineData("database", "deployment")]
    public void Every_function_has_the_source_of_its_events(string handler, string source)
    {
        (string stack, string id, _) = Function(handler);
        bool queue = cloud.Of("AWS::Lambda::EventSourceMapping").Any(mapping => SynthesisedCloud.IdIn(mapping.Resource["Properties"]!["FunctionName"]) == id && mapping.Stack == stack);
        bool http = cloud.Of("AWS::ApiGatewayV2::Integration").Any(integration => integration.Stack == stack && integration.Resource["Properties"]!["IntegrationUri"]!.ToJsonString().Contains($"\"{id}\"", StringComparison.Ordinal));
        bool schedule = cloud.Of("AWS::Scheduler::Schedule").Any(one => one.Stack == stack && SynthesisedCloud.IdIn(one.Resource["Properties"]!["Target"]!["Arn"]) == id);
        bool machine = cloud.Of("AWS::StepFunctions::StateMachine").Any(one => one.Stack == stack && one.Resource["Properties"]!["DefinitionString"]!.ToJsonString().Contains($"\"{id}\"", StringComparison.Ordinal));
        bool deployment = cloud.Of("Custom::Trigger").Any(one => one.Stack == stack && one.Resource["DependsOn"]!.ToJsonString().Contains("\"ClusterWriter", StringComparison.Ordinal)
            && cloud.Of("AWS::Lambda::Version").Any(version => version.Stack == stack && SynthesisedCloud.IdIn(version.Resource["Properties"]!["FunctionName"]) == id));
        Assert.Equal((source == "queue", source == "http", source == "schedule", source == "machine", source == "deployment"), (queue, http, schedule, machine, deployment));
    }

    [Fact]
    public void Functions_of_the_database_know_its_certificate_and_no_other_has_the_layer()
    {
        string[] inside = ["alerts", "backup", "billing-csv", "billing-csv-shard", "database"];
        Assert.Equal(inside, cloud.Functions.Where(function => function.Value["Properties"]!["Layers"] is not null).Select(function => function.Key).Order(StringComparer.Ordinal));
        Assert.All(inside, name => Assert.Equal("/opt/global-bundle.pem", (string?)cloud.Functions[name]["Properties"]!["Environment"]!["Variables"]!["DB_SSL_CA"]));
        Assert.DoesNotContain(cloud.Functions.Values, function => function["Properties"]!["Environment"]?["Variables"]?["DB_SSL_MODE"] is not null);

        string other = Some.Folder();
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new CloudSettings { CodePath = cloud.CodePath, Rates = SynthesisedCloud.Rates, CertificatesPath = other }.Checked());
        Assert.StartsWith($"The setting certificates is '{other}'.", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_function_that_this_test_does_not_know() => Assert.Equal(Functions, cloud.Functions.Count);

    [Fact]
    public void Every_route_that_is_documented_is_in_the_templates_and_no_other()
    {
        Assert.Contains(("expenses-api", "GET /totals"), cloud.Routes);
        Assert.Equal(DocumentedRoutes.All.Order(), cloud.Routes.Order());
    }

    [Fact]
    public void Rates_must_be_stated_and_every_function_that_converts_has_them()
    {
        foreach (string wrong in (string[])["", "EUR=1.10", "EUR=x"])
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => new CloudSettings { CodePath = cloud.CodePath, Rates = wrong }.Checked());
            Assert.StartsWith($"The setting rates is '{wrong}'.", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(
            ["billing-csv", "billing-csv-shard", "log-expense", "payments", "transactions"],
            cloud.Functions.Where(function => (string?)function.Value["Properties"]!["Environment"]!["Variables"]!["BILLING_RATES"] == SynthesisedCloud.Rates).Select(function => function.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_variable_of_a_function_is_one_that_the_functions_document()
    {
        string page = File.ReadAllText(Repository.PathTo("docs", "lambda.md"));
        string[] names = [.. cloud.Of("AWS::Lambda::Function")
            .SelectMany(function => function.Resource["Properties"]!["Environment"]?["Variables"]?.AsObject().Select(variable => variable.Key) ?? [])
            .Distinct(StringComparer.Ordinal)];
        Assert.True(names.Length > 8, "The variables were not found.");
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_queue_source_reports_batch_item_failures_and_hides_messages_six_times_the_timeout()
    {
        Assert.Equal(3, cloud.Of("AWS::Lambda::EventSourceMapping").Count);
        Assert.All(cloud.Of("AWS::Lambda::EventSourceMapping"), mapping =>
        {
            JsonNode properties = mapping.Resource["Properties"]!;
            Assert.Contains("ReportBatchItemFailures", properties["FunctionResponseTypes"]!.AsArray().Select(type => (string?)type));
            JsonNode queue = Resource(mapping.Stack, SynthesisedCloud.IdIn(properties["EventSourceArn"])!)["Properties"]!;
            JsonNode function = Resource(mapping.Stack, SynthesisedCloud.IdIn(properties["FunctionName"])!)["Properties"]!;
            Assert.True((int)queue["VisibilityTimeout"]! >= 6 * (int)function["Timeout"]!);
            Assert.Equal(5, (int)queue["RedrivePolicy"]!["maxReceiveCount"]!);
            JsonNode dead = Resource(mapping.Stack, SynthesisedCloud.IdIn(queue["RedrivePolicy"]!["deadLetterTargetArn"])!)["Properties"]!;
            Assert.True((int)dead["MessageRetentionPeriod"]! > (int)queue["MessageRetentionPeriod"]!);
        });
    }

    [Fact]
    public void Transactions_come_in_batches_of_ten_within_five_seconds()
    {
        JsonNode properties = Assert.Single(cloud.Of("AWS::Lambda::EventSourceMapping"), mapping => mapping.Stack == "billing-test-transactions").Resource["Properties"]!;
        Assert.Equal((10, 5), ((int)properties["BatchSize"]!, (int)properties["MaximumBatchingWindowInSeconds"]!));
    }

    [Theory]
    [InlineData("billing-test-invoices", "BillingCsvQueue")]
    [InlineData("billing-test-receipts", "ReceiptQueue")]
    public void Buckets_tell_their_queue_of_every_object_and_the_queue_takes_it_from_them_only(string stack, string queue)
    {
        (_, _, JsonObject bucket) = Assert.Single(cloud.Of("AWS::S3::Bucket"), one => one.Stack == stack && one.Resource["Properties"]!["NotificationConfiguration"] is not null);
        JsonNode notification = Assert.Single(bucket["Properties"]!["NotificationConfiguration"]!["QueueConfigurations"]!.AsArray())!;
        Assert.Equal("s3:ObjectCreated:*", (string?)notification["Event"]);
        string id = SynthesisedCloud.IdIn(notification["Queue"])!;
        Assert.Equal($"billing-test-{queue}", (string?)Resource(stack, id)["Properties"]!["QueueName"]);
        (_, string policy, JsonObject statements) = Assert.Single(cloud.Of("AWS::SQS::QueuePolicy"), one => one.Stack == stack && SynthesisedCloud.IdIn(one.Resource["Properties"]!["Queues"]![0]) == id);
        JsonNode allowed = Assert.Single(statements["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray(), statement => (string?)statement!["Effect"] == "Allow")!;
        Assert.Equal("s3.amazonaws.com", (string?)allowed["Principal"]!["Service"]);
        Assert.Contains("aws:SourceArn", allowed["Condition"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(policy, bucket["DependsOn"]!.AsArray().Select(one => (string?)one));
    }

    [Fact]
    public void No_policy_allows_an_action_or_a_resource_by_a_wildcard_where_one_can_be_named()
    {
        int statements = 0;
        foreach ((string stack, string id, JsonObject resource) in cloud.Of("AWS::IAM::Policy").Concat(cloud.Of("AWS::SQS::QueuePolicy")).Concat(cloud.Of("AWS::S3::BucketPolicy")).Concat(cloud.Of("AWS::SNS::TopicPolicy")))
        {
            foreach (JsonNode? statement in resource["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray().Where(statement => (string?)statement!["Effect"] == "Allow"))
            {
                statements++;
                string[] actions = Texts(statement!["Action"]!);
                Assert.DoesNotContain(actions, action => action is "*" || action.EndsWith(":*", StringComparison.Ordinal));
                if (Texts(statement["Resource"]!).Contains("*"))
                {
                    Assert.True(actions.All(s_nameless.Contains), $"{stack}, {id}: {statement.ToJsonString()}");
                }
            }
        }

        Assert.True(statements > 30, "The policies were not found.");
        // The CDK's own functions may write their logs: one empties the buckets of stages whose data goes with them, one has the tables made.
        Assert.All(
            cloud.Of("AWS::IAM::Role").Where(role => !IsOfTheCdk(role.Id)),
            role => Assert.Null(role.Resource["Properties"]!["ManagedPolicyArns"]));
    }

    [Fact]
    public void Every_store_is_encrypted()
    {
        Assert.All(cloud.Of("AWS::S3::Bucket"), bucket =>
        {
            JsonNode properties = bucket.Resource["Properties"]!;
            Assert.NotEmpty(properties["BucketEncryption"]!["ServerSideEncryptionConfiguration"]!.AsArray());
            Assert.All(properties["PublicAccessBlockConfiguration"]!.AsObject(), block => Assert.True((bool)block.Value!));
        });
        Assert.All(cloud.Of("AWS::SQS::Queue"), queue => Assert.True((bool)queue.Resource["Properties"]!["SqsManagedSseEnabled"]!));
        Assert.All(cloud.Of("AWS::SNS::Topic"), topic => Assert.NotNull(topic.Resource["Properties"]!["KmsMasterKeyId"]));
        Assert.All(cloud.Of("AWS::DynamoDB::Table"), table =>
        {
            Assert.True((bool)table.Resource["Properties"]!["SSESpecification"]!["SSEEnabled"]!);
            Assert.True((bool)table.Resource["Properties"]!["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!);
        });
        Assert.True((bool)Assert.Single(cloud.Of("AWS::RDS::DBCluster")).Resource["Properties"]!["StorageEncrypted"]!);
        Assert.True((bool)Assert.Single(cloud.Of("AWS::KMS::Key")).Resource["Properties"]!["EnableKeyRotation"]!);
    }

    [Theory]
    [InlineData("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket")]
    [InlineData("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues")]
    [InlineData("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics")]
    public void Nothing_is_taken_over_plain_HTTP(string type, string policyType, string target)
    {
        Assert.NotEmpty(cloud.Of(type));
        Assert.All(cloud.Of(type), store => Assert.Contains(cloud.Of(policyType), policy =>
            policy.Stack == store.Stack
            && policy.Resource["Properties"]![target]!.ToJsonString().Contains($"\"{store.Id}\"", StringComparison.Ordinal)
            && policy.Resource["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray().Any(statement =>
                (string?)statement!["Effect"] == "Deny" && (string?)statement["Condition"]?["Bool"]?["aws:SecureTransport"] == "false")));
    }

    [Fact]
    public void The_database_demands_TLS_has_a_secret_that_rotates_and_no_public_address()
    {
        JsonNode parameters = Assert.Single(cloud.Of("AWS::RDS::DBClusterParameterGroup")).Resource["Properties"]!["Parameters"]!;
        Assert.Equal(("ON", "1"), ((string?)parameters["require_secure_transport"], (string?)parameters["local_infile"]));
        Assert.Equal(Rotations, cloud.Of("AWS::SecretsManager::RotationSchedule").Count);
        Assert.All(cloud.Of("AWS::SecretsManager::RotationSchedule"), rotation => Assert.Equal(30, RotationDays(rotation.Resource)));
        Assert.Equal("8.0.mysql_aurora.3.10.3", (string?)Assert.Single(cloud.Of("AWS::RDS::DBCluster")).Resource["Properties"]!["EngineVersion"]);
        Assert.Single(cloud.Of("AWS::RDS::DBInstance"));
        Assert.All(cloud.Of("AWS::RDS::DBInstance"), instance =>
        {
            Assert.False((bool)instance.Resource["Properties"]!["PubliclyAccessible"]!);
            Assert.Equal("db.serverless", (string?)instance.Resource["Properties"]!["DBInstanceClass"]);
        });
        Assert.Empty(cloud.Of("AWS::EC2::NatGateway"));
    }

    [Fact]
    public void Alarms_watch_every_queue_of_dead_letters_every_function_and_the_age_of_work()
    {
        IReadOnlyList<(string Stack, string Id, JsonObject Resource)> alarms = cloud.Of("AWS::CloudWatch::Alarm");
        Assert.All(alarms, alarm => Assert.Single(alarm.Resource["Properties"]!["AlarmActions"]!.AsArray()));
        int Of(string metric) => alarms.Count(alarm => (string?)alarm.Resource["Properties"]!["MetricName"] == metric);
        int sources = cloud.Of("AWS::Lambda::EventSourceMapping").Count;
        Assert.Equal(cloud.Of("AWS::SQS::Queue").Count - sources, Of("ApproximateNumberOfMessagesVisible"));
        Assert.Equal(sources, Of("ApproximateAgeOfOldestMessage"));
        Assert.Equal(Functions + Rotations, Of("Errors"));
        Assert.Equal((Functions, Functions), (Of("Throttles"), Of("Duration")));
        Assert.Equal(cloud.Of("AWS::ApiGatewayV2::Api").Count, Of("5xx"));
        Assert.Equal(cloud.Of("AWS::DynamoDB::Table").Count, Of("ThrottledRequests"));
        Assert.Equal((1, 1, 1), (Of("ExecutionsFailed"), Of("ExecutionsTimedOut"), Of("ExecutionsAborted")));
        // Of the functions that rotate, by the names that their applications give them.
        Assert.Equal(
            cloud.Of("AWS::Serverless::Application").Select(application => (string)application.Resource["Properties"]!["Parameters"]!["functionName"]!).Order(StringComparer.Ordinal),
            alarms.Where(alarm => ((string)alarm.Resource["Properties"]!["AlarmName"]!).EndsWith("-rotation", StringComparison.Ordinal))
                .Select(alarm => (string)alarm.Resource["Properties"]!["Dimensions"]![0]!["Value"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Logs_are_kept_for_three_months_and_not_for_ever()
    {
        // Of each function and each HTTP API, of the state machine, of the network.
        Assert.Equal(Functions + cloud.Of("AWS::ApiGatewayV2::Api").Count + 2, cloud.Of("AWS::Logs::LogGroup").Count);
        Assert.All(cloud.Of("AWS::Logs::LogGroup"), log => Assert.Equal(90, (int)log.Resource["Properties"]!["RetentionInDays"]!));
    }

    [Fact]
    public void Callers_of_the_HTTP_APIs_sign_in_are_throttled_and_come_from_one_origin()
    {
        Assert.Equal(3, cloud.Of("AWS::ApiGatewayV2::Api").Count);
        Assert.All(cloud.Of("AWS::ApiGatewayV2::Route"), route => Assert.Equal("JWT", (string?)route.Resource["Properties"]!["AuthorizationType"]));
        Assert.All(cloud.Of("AWS::ApiGatewayV2::Route"), route => Assert.Equal(["billing/read"], route.Resource["Properties"]!["AuthorizationScopes"]!.AsArray().Select(scope => (string?)scope)));
        Assert.All(cloud.Of("AWS::ApiGatewayV2::Stage"), stage => Assert.NotNull(stage.Resource["Properties"]!["AccessLogSettings"]!["DestinationArn"]));
        Assert.All(cloud.Of("AWS::ApiGatewayV2::Stage"), stage => Assert.True((int)stage.Resource["Properties"]!["DefaultRouteSettings"]!["ThrottlingRateLimit"]! > 0));
        Assert.All(cloud.Of("AWS::ApiGatewayV2::Api"), api => Assert.Equal(["https://books.example.com"], api.Resource["Properties"]!["CorsConfiguration"]!["AllowOrigins"]!.AsArray().Select(origin => (string?)origin)));
    }

    [Fact]
    public void Without_an_issuer_of_tokens_callers_sign_with_IAM_and_no_browser_may_call()
    {
        IReadOnlyDictionary<string, JsonObject> templates = SynthesisedCloud.Synthesise(new CloudSettings { Stage = "prod", CodePath = cloud.CodePath, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath, RemoveData = false });
        Assert.Equal(2, templates["billing-prod-database"]["Resources"]!.AsObject().Count(resource => (string?)resource.Value!["Type"] == "AWS::RDS::DBInstance"));
        foreach (JsonNode? resource in templates.Values.SelectMany(template => template["Resources"]!.AsObject()).Select(pair => pair.Value))
        {
            switch ((string?)resource!["Type"])
            {
                case "AWS::ApiGatewayV2::Route":
                    Assert.Equal("AWS_IAM", (string?)resource["Properties"]!["AuthorizationType"]);
                    break;
                case "AWS::ApiGatewayV2::Api":
                    Assert.Null(resource["Properties"]!["CorsConfiguration"]);
                    break;
                case "Custom::S3AutoDeleteObjects":
                    Assert.Fail("The buckets of production are emptied.");
                    break;
                case "AWS::DynamoDB::Table" or "AWS::S3::Bucket":
                    Assert.Equal("Retain", (string?)resource["DeletionPolicy"]);
                    break;
                case "AWS::RDS::DBCluster":
                    Assert.True((bool)resource["Properties"]!["DeletionProtection"]!);
                    Assert.Equal("Snapshot", (string?)resource["DeletionPolicy"]);
                    break;
            }
        }
    }

    [Fact]
    public void Schedules_keep_the_time_zone_and_what_fails()
    {
        Assert.Equal(3, cloud.Of("AWS::Scheduler::Schedule").Count);
        Assert.All(cloud.Of("AWS::Scheduler::Schedule"), schedule =>
        {
            Assert.Equal("Pacific/Auckland", (string?)schedule.Resource["Properties"]!["ScheduleExpressionTimezone"]);
            Assert.NotNull(schedule.Resource["Properties"]!["Target"]!["DeadLetterConfig"]);
        });
        Assert.Equal(4, cloud.Of("AWS::Lambda::EventInvokeConfig").Count(config => config.Resource["Properties"]!["DestinationConfig"]!["OnFailure"] is not null));
    }

    [Fact]
    public void Very_large_files_go_in_shards_through_the_function_of_shards()
    {
        string definition = Assert.Single(cloud.Of("AWS::StepFunctions::StateMachine")).Resource["Properties"]!["DefinitionString"]!.ToJsonString();
        Assert.Contains("DISTRIBUTED", definition, StringComparison.Ordinal);
        Assert.Contains("FIRST_ROW", definition, StringComparison.Ordinal);
        foreach (string input in (string[])["bucket", "key.$", "identity.$", "row.$", "$$.Map.Item.Index", "$$.Map.Item.Value"])
        {
            Assert.Contains($"\\u0022{input}\\u0022", definition, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reports_are_kept_for_seven_years()
    {
        JsonObject bucket = cloud.Of("AWS::S3::Bucket").Single(one => one.Stack == "billing-test-expenses").Resource;
        Assert.Contains(bucket["Properties"]!["LifecycleConfiguration"]!["Rules"]!.AsArray(), rule => (int?)rule!["ExpirationInDays"] == 2557);
    }

    [Theory]
    [InlineData("Test-1", "UTC", null, "The setting stage is 'Test-1'")]
    [InlineData("test", "Moon", null, "The setting timeZone is 'Moon'")]
    [InlineData("test", "UTC", "books.example.com", "The setting corsOrigin is 'books.example.com'")]
    public void A_wrong_setting_is_named(string stage, string timeZone, string? origin, string message)
    {
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new CloudSettings { Stage = stage, TimeZone = timeZone, CorsOrigin = origin, CodePath = cloud.CodePath, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath }.Checked());
        Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_are_the_native_executable_on_the_runtime_that_starts_it()
    {
        // The CDK's own function that empties buckets is not ours, and has no name.
        Assert.All(
            cloud.Of("AWS::Lambda::Function").Select(function => function.Resource["Properties"]!).Where(function => function["FunctionName"] is not null),
            function => Assert.Equal(("provided.al2023", "x86_64"), ((string?)function["Runtime"], (string?)function["Architectures"]![0])));
    }

    [Fact]
    public void Functions_that_were_compiled_for_Arm_are_deployed_on_it()
    {
        string code = Some.Folder();
        SynthesisedCloud.WriteExecutable(code, 183);
        JsonObject payments = SynthesisedCloud.Synthesise(new CloudSettings { Stage = "arm", CodePath = code, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath })["billing-arm-payments"];
        JsonNode function = Assert.Single(payments["Resources"]!.AsObject(), one => (string?)one.Value!["Properties"]?["Handler"] == "payments").Value!["Properties"]!;
        Assert.Equal("arm64", (string?)Assert.Single(function["Architectures"]!.AsArray()));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("text")]
    [InlineData("another machine")]
    public void Without_published_functions_that_Lambda_can_run_it_says_how_to_publish_them(string what)
    {
        string code = Some.Folder();
        switch (what)
        {
            case "text":
                File.WriteAllText(Path.Combine(code, "bootstrap"), "#!/bin/sh\nexec dotnet Billing.Lambda.dll\n");
                break;
            case "another machine":
                SynthesisedCloud.WriteExecutable(code, 243);
                break;
        }

        ArgumentException wrong = Assert.Throws<ArgumentException>(() => new CloudSettings { CodePath = code, Rates = SynthesisedCloud.Rates, CertificatesPath = SynthesisedCloud.CertificatesPath }.Checked());
        Assert.Contains("dotnet publish samples/Billing.Lambda", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_trust_their_service_on_behalf_of_this_account_only() => Assert.All(
        cloud.Of("AWS::IAM::Role").Where(role => !IsOfTheCdk(role.Id)),
        role => Assert.All(role.Resource["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]!.AsArray(), statement =>
            Assert.Equal("""{"StringEquals":{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}}""", statement!["Condition"]?.ToJsonString())));

    [Fact]
    public void No_function_may_delete_what_is_stored_make_tables_or_be_the_administrator_of_the_database_but_the_one_that_is_there_for_it()
    {
        (string Id, JsonNode Statement)[] statements = [.. cloud.Of("AWS::IAM::Policy").SelectMany(policy => policy.Resource["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray().Select(statement => (policy.Id, statement!)))];
        string[] actions = [.. statements.SelectMany(statement => Texts(statement.Statement["Action"]!)).Distinct(StringComparer.Ordinal)];
        Assert.Contains("dynamodb:PutItem", actions);
        // A batch of writes may hold deletions.
        Assert.DoesNotContain(actions, action => action is "dynamodb:DeleteItem" or "dynamodb:BatchWriteItem" or "dynamodb:CreateTable" || action.StartsWith("s3:Delete", StringComparison.Ordinal));
        Assert.DoesNotContain(cloud.Functions.Values, function => function["Properties"]!["Environment"]!["Variables"]!["BILLING_CREATE_SCHEMA"] is not null);
        Assert.Equal(["database"], cloud.Functions.Where(function => function.Value["Properties"]!["Environment"]!["Variables"]!["DB_ADMIN_SECRET_NAME"] is not null).Select(function => function.Key));

        // Within the stack of the database by its name there, elsewhere by what that stack exports.
        string[] administrators = [.. statements.Where(statement => Texts(statement.Statement["Action"]!).Contains("secretsmanager:GetSecretValue") && statement.Statement["Resource"]!.ToJsonString().Contains("ClusterSecret", StringComparison.Ordinal)).Select(statement => statement.Id)];
        Assert.StartsWith("database", Assert.Single(administrators), StringComparison.Ordinal);
    }

    private static bool IsOfTheCdk(string role) => role.StartsWith("CustomS3AutoDeleteObjects", StringComparison.Ordinal) || role.StartsWith("AWSCDKTrigger", StringComparison.Ordinal);

    private static string[] Texts(JsonNode node) => node is JsonArray many ? [.. many.Select(one => one!.ToString())] : [node.ToString()];

    private static int RotationDays(JsonObject rotation) =>
        rotation["Properties"]!["RotationRules"]!["AutomaticallyAfterDays"] is { } days ? (int)days
        : int.Parse(rotation["Properties"]!["RotationRules"]!["ScheduleExpression"]!.ToString().Split('(', ' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private (string Stack, string Id, JsonObject Resource) Function(string handler) =>
        Assert.Single(cloud.Of("AWS::Lambda::Function"), function => (string?)function.Resource["Properties"]!["Handler"] == handler);

    private JsonObject Resource(string stack, string id) => cloud.Templates[stack]["Resources"]![id]!.AsObject();
}
