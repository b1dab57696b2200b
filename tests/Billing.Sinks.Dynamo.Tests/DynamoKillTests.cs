namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoKillTests : KillSuite<DynamoStore>;
