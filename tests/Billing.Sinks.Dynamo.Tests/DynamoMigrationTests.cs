namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoMigrationTests : MigrationSuite<DynamoStore>;
