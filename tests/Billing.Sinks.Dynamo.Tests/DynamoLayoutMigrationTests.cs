namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoLayoutMigrationTests : MigrationSuite<DynamoLayoutStore>;
