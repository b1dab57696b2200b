namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoProofTests : ProofSuite<DynamoStore>;
