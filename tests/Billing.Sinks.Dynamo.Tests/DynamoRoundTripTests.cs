namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoRoundTripTests : RoundTripSuite<DynamoStore>;
