namespace Billing.Sinks.Dynamo.Tests;

public sealed class DynamoReceiptTests : ReceiptSuite<DynamoReceipts>;
