namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraReceiptTests : ReceiptSuite<AuroraStore>;
